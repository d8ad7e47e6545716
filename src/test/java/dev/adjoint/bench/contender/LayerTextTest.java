package dev.adjoint.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.bench.workload.Problem;
import dev.adjoint.bench.workload.Workload;
import dev.adjoint.bench.workload.Workloads;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Specs;
import dev.adjoint.lang.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Workloads as specs. */
class LayerTextTest {
    static Stream<Workload> workloads() {
        return Workloads.all().stream();
    }

    /** The generator and the peers are given the same sizes. */
    @ParameterizedTest
    @MethodSource("workloads")
    void theLayerHasTheSizesOfTheProblem(Workload workload) {
        Problem problem = workload.problem();
        String text = LayerText.spec("bench", "Layer", problem, "unroll = none");
        Generate generate = Specs.parse("bench.layer", text, Importers.library())
                .generates()
                .get(0);
        assertThat(generate.layer().tensors())
                .extracting(LayerTextTest::length)
                .as(text)
                .containsExactlyElementsOf(
                        Stream.of(problem.inputs(), problem.weights(), problem.biases(), problem.outputs())
                                .filter(length -> length > 0)
                                .toList());
    }

    private static int length(Tensor tensor) {
        return tensor.shape().stream()
                .mapToInt(extent -> (int) extent.constant())
                .reduce(1, Math::multiplyExact);
    }
}
