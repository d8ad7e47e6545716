package dev.adjoint.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The loops that contenders are compared with. */
class ReferenceTest {
    static Stream<Problem> bilinear() {
        return Stream.of(
                Convolution.plane(2, 5, 7, 3, 2, 3),
                Convolution.plane(4, 6, 7, 6, 3, 2).padding(1).groups(2).images(2),
                Convolution.plane(3, 9, 8, 2, 3, 3).stride(2).padding(2),
                Convolution.plane(2, 9, 8, 3, 3, 2).dilation(2).stride(3).padding(1),
                Convolution.plane(3, 4, 5, 3, 3, 3).padding(1).groups(3),
                new Convolution(2, 2, 3, 1, List.of(new Axis(9, 4, 2, 1, 1))),
                new Convolution(
                        1, 2, 3, 1, List.of(new Axis(3, 2, 1, 0, 1), new Axis(4, 3, 1, 1, 1), new Axis(5, 2, 1, 0, 1))),
                new Dense(3, 5, 4));
    }

    /** ⟨δ, x(o)⟩ = ⟨∂o, o⟩ = ⟨∂w, w⟩ where the bias is 0. */
    @ParameterizedTest
    @MethodSource("bilinear")
    void gradientsAreAdjoint(Problem problem) {
        Operands at = Operands.random(problem, Pass.FORWARD);
        Arrays.fill(at.bias(), 0);
        double forward = dot(Reference.of(problem, Pass.FORWARD, at), at.delta());
        assertThat(forward).isNotCloseTo(0, within(1e-3));
        assertThat(dot(Reference.of(problem, Pass.INPUT, at), at.input())).isCloseTo(forward, within(1e-9));
        assertThat(dot(Reference.of(problem, Pass.WEIGHTS, at), at.weights())).isCloseTo(forward, within(1e-9));
    }

    @Test
    void aConvolutionCorrelates() {
        Convolution line = new Convolution(1, 1, 1, 1, List.of(new Axis(4, 2, 1, 1, 1)));
        Operands at = operands(new float[] {1, 2, 3, 4}, new float[] {10, 1}, new float[] {100}, new float[5]);
        assertThat(Reference.of(line, Pass.FORWARD, at)).containsExactly(101, 112, 123, 134, 140);
    }

    @Test
    void aStrideLeavesOutAndADilationSpreads() {
        Convolution line = new Convolution(1, 1, 1, 1, List.of(new Axis(6, 2, 3, 0, 2)));
        Operands at = operands(new float[] {1, 2, 3, 4, 5, 6}, new float[] {10, 1}, new float[] {0}, new float[2]);
        assertThat(Reference.of(line, Pass.FORWARD, at)).containsExactly(13, 46);
    }

    @Test
    void theFirstOfTheLargestWins() {
        Axis axis = new Axis(3, 2, 1, 0, 1);
        Pooling max = new Pooling(Pooling.Kind.MAX, 1, axis, axis);
        Operands at = operands(
                new float[] {1, 2, 2, 0, 1, 2, 3, 0, 1}, new float[0], new float[0], new float[] {1, 10, 100, 1000});
        assertThat(Reference.of(max, Pass.FORWARD, at)).containsExactly(2, 2, 3, 2);
        assertThat(Reference.of(max, Pass.INPUT, at)).containsExactly(0, 11, 0, 0, 0, 1000, 100, 0, 0);
    }

    @Test
    void aMeanCountsTheBorder() {
        Axis axis = new Axis(2, 2, 2, 1, 1);
        Pooling mean = new Pooling(Pooling.Kind.AVERAGE, 1, axis, axis);
        Operands at = operands(new float[] {4, 8, 12, 16}, new float[0], new float[0], new float[] {4, 8, 12, 16});
        assertThat(Reference.of(mean, Pass.FORWARD, at)).containsExactly(1, 2, 3, 4);
        assertThat(Reference.of(mean, Pass.INPUT, at)).containsExactly(1, 2, 3, 4);
    }

    @Test
    void aRectifierPassesWhatIsPositive() {
        Operands at = operands(new float[] {-1, 0, 2}, new float[0], new float[0], new float[] {5, 6, 7});
        Operands sized = new Operands(at.input(), at.weights(), at.bias(), at.delta(), new float[3]);
        assertThat(Reference.of(new Relu(3), Pass.FORWARD, sized)).containsExactly(0, 0, 2);
        assertThat(Reference.of(new Relu(3), Pass.INPUT, sized)).containsExactly(0, 0, 7);
    }

    @Test
    void anErrorIsAPartOfTheLargestValue() {
        assertThat(Reference.error(new double[] {0, -4, 1}, new float[] {0, -4, 2}))
                .isEqualTo(0.25);
        assertThat(Reference.error(new double[] {0, 0}, new float[] {0, 0})).isZero();
        assertThat(Reference.error(new double[] {0, 1}, new float[] {Float.NaN, 1}))
                .isInfinite();
        assertThat(Reference.error(new double[] {0}, new float[] {1})).isInfinite();
    }

    private static Operands operands(float[] input, float[] weights, float[] bias, float[] delta) {
        return new Operands(input, weights, bias, delta, new float[0]);
    }

    private static double dot(double[] a, float[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
