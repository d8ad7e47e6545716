package dev.adjoint.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.derive.Derive;
import dev.adjoint.emit.Emitter;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Specs;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan's name tells it from every other plan for the same tensor: a record of plans knows it by that alone. */
class PlanNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "adjoint.conv.Conv2d[N = ?, C = 2, H = 15, W = 16, D = 4, K1 = 3, K2 = 3, P = 1]",
                "adjoint.conv.Conv2d[K1 = 3, K2 = 3, P = 1, L = 2]",
                "adjoint.conv.DepthwiseConv2d[N = 2, C = 3, H = 19, W = 18, K1 = 3, K2 = 3, P = 1]",
                "adjoint.dense.Dense[N = 6, I = 32, K = 48]",
                "adjoint.dense.MatrixProduct",
                "Gram[N = 12, M = 32]"
            })
    void noTwoPlansOfATensorHaveTheSameName(String layer) {
        Set<String> asked = new TreeSet<>();
        String own = "layer Gram[N, M] { input a[N, M] output g[i < N, j < N] = sum[k < M](a[i,k] * a[j,k]) }\n";
        String name = layer.replaceFirst("\\[.*", "");
        String from = name.contains(".") ? "import " + name + ";\n" : "";
        String text = "package t;\n" + from + own + "generate G = " + layer.replaceFirst("^.*\\.(?=[A-Z])", "")
                + " { target = vector }";
        Generate generate = Specs.parse("names.layer", text, Importers.library())
                .generates()
                .get(0);
        Emitter.plans(generate, Derive.derive(generate.layer()), (target, candidates) -> {
            Set<String> names = new HashSet<>();
            List<String> twice = candidates.stream()
                    .map(Chooser.Candidate::plan)
                    .filter(n -> !names.add(n))
                    .distinct()
                    .toList();
            assertThat(twice)
                    .as("names of several plans for %s of %s", target, layer)
                    .isEmpty();
            assertThat(names).allSatisfy(n -> assertThat(n).isEqualTo(n.strip()).doesNotContain("\n"));
            asked.add(target);
            return Chooser.CHEAPEST.choose(target, candidates);
        });
        assertThat(asked).as("tensors with a choice").isNotEmpty();
    }
}
