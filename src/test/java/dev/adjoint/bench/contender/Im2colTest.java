package dev.adjoint.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.bench.workload.Axis;
import dev.adjoint.bench.workload.Convolution;
import dev.adjoint.bench.workload.Dense;
import dev.adjoint.bench.workload.Operands;
import dev.adjoint.bench.workload.Pass;
import dev.adjoint.bench.workload.Problem;
import dev.adjoint.bench.workload.Reference;
import dev.adjoint.bench.workload.Workload;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** im2col computes what the definition says. */
class Im2colTest {
    static Stream<Problem> problems() {
        return Stream.of(
                convolution(1, 2, 3, 1, new Axis(5, 2, 1, 0, 1), new Axis(7, 3, 1, 0, 1)),
                convolution(2, 4, 6, 2, new Axis(6, 3, 1, 1, 1), new Axis(7, 2, 1, 1, 1)),
                convolution(1, 3, 2, 1, new Axis(9, 3, 2, 2, 1), new Axis(8, 3, 2, 2, 1)),
                convolution(1, 2, 3, 1, new Axis(9, 3, 1, 2, 2), new Axis(8, 2, 3, 1, 2)),
                convolution(1, 2, 2, 1, new Axis(2, 3, 1, 2, 1), new Axis(2, 4, 1, 3, 1)),
                convolution(2, 3, 4, 1, new Axis(4, 1, 1, 0, 1), new Axis(3, 1, 1, 0, 1)),
                convolution(1, 3, 3, 3, new Axis(4, 3, 1, 1, 1), new Axis(5, 3, 1, 1, 1)),
                convolution(2, 2, 3, 1, new Axis(9, 4, 2, 1, 1)),
                convolution(1, 2, 3, 1, new Axis(3, 2, 1, 0, 1), new Axis(4, 3, 1, 1, 1), new Axis(5, 2, 1, 0, 1)),
                new Dense(3, 5, 4));
    }

    private static Problem convolution(int images, int channels, int filters, int groups, Axis... axes) {
        return new Convolution(images, channels, filters, groups, List.of(axes));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void computesWhatTheDefinitionSays(Problem problem) {
        for (Pass pass : problem.passes()) {
            Operands operands = Operands.random(problem, pass);
            double[] truth = Reference.of(problem, pass, operands);
            Timed timed = new Im2colContender().prepare(new Workload("small", "", problem), pass, operands);
            for (int run = 1; run <= 2; run++) {
                operands.forget();
                timed.run();
                assertThat(Reference.error(truth, operands.result()))
                        .as("%s, run %d", pass, run)
                        .isLessThan(1e-6);
            }
        }
    }
}
