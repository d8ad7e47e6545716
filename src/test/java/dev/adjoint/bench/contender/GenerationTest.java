package dev.adjoint.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.bench.workload.Axis;
import dev.adjoint.bench.workload.Operands;
import dev.adjoint.bench.workload.Pass;
import dev.adjoint.bench.workload.Pooling;
import dev.adjoint.bench.workload.Reference;
import dev.adjoint.bench.workload.Relu;
import dev.adjoint.bench.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes made for workloads. */
class GenerationTest {
    private static final Axis AXIS = new Axis(5, 3, 2, 1, 1);

    @TempDir
    Path directory;

    @AfterEach
    void forget() {
        System.clearProperty(GeneratedContender.DIRECTORY);
    }

    @Test
    void aClassIsGeneratedCompiledAndRight() throws IOException {
        List<Workload> workloads = List.of(
                new Workload("largest", "", new Pooling(Pooling.Kind.MAX, 2, AXIS, AXIS)),
                new Workload("rectified", "", new Relu(7)));
        GeneratedContender nest = new GeneratedContender("nest", "", "unroll = none", List.of());
        assertThat(new Generation(directory).run(nest, workloads)).isEmpty();
        System.setProperty(GeneratedContender.DIRECTORY, directory.toString());
        for (Workload workload : workloads) {
            for (Pass pass : workload.problem().passes()) {
                Operands operands = Operands.random(workload.problem(), pass);
                operands.forget();
                nest.prepare(workload, pass, operands).run();
                double[] truth = Reference.of(workload.problem(), pass, operands);
                assertThat(Reference.error(truth, operands.result()))
                        .as("%s %s", workload.name(), pass)
                        .isLessThan(1e-6);
            }
        }
    }

    @Test
    void whatTheGeneratorRefusesIsSaid() throws IOException {
        GeneratedContender odd = new GeneratedContender("odd", "", "type = complex", List.of());
        Map<String, Generation.Missing> missing =
                new Generation(directory).run(odd, List.of(new Workload("rectified", "", new Relu(7))));
        assertThat(missing).containsOnlyKeys("rectified");
        assertThat(missing.get("rectified").refused()).isTrue();
        assertThat(missing.get("rectified").reason()).contains("complex");
    }
}
