package dev.adjoint.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.derive.Derive;
import dev.adjoint.expr.Printer;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Specs;
import dev.adjoint.loop.Routine;
import dev.adjoint.lower.Fusion;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which lets are put into what reads them, and which methods compute them by themselves. */
class FusionTest {
    private static final String DENSE =
            "input o[I] param w[K, I] param b[K] let x[k < K] = sum[i < I](w[k,i] * o[i]) + b[k] ";

    private static Layer layer(String equations) {
        return Specs.parse("fused.layer", "layer L[I, K] { " + DENSE + equations + " }", Importers.library())
                .layers()
                .get(0);
    }

    /** The last equation with lets put in; empty if there are none. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "→",
            value = {
                "output y[k < K] = tanh(x[k])                        → tanh(sum[i < I](w[k, i] * o[i]) + b[k])",
                "output y[j < K] = tanh(x[j])                        → tanh(sum[i < I](w[j, i] * o[i]) + b[j])",
                "let z[k < K] = x[k] * b[k] output y[k < K] = z[k]^2 → ((sum[i < I](w[k, i] * o[i]) + b[k]) * b[k])^2",
                "output y[k < K] = x[k] > 0 ? x[k] : 0               → (sum[i < I](w[k, i] * o[i]) + b[k] > 0 ? sum[i < I](w[k, i] * o[i]) + b[k] : 0)",
                "output y[k < K] = x[K-1-k]                          → none",
                "output y[k < K] = pad(x[k-1])                       → none",
                "output y[k < K+1] = pad(x[k])                       → none",
                "output y[k < K+1] = k < K ? x[k] : 0                → none",
                "output y[k < K, l < 2] = x[k] * l                   → none",
                "output y = sum[k < K](x[k])                         → none",
                "output y[k < K] = sum[j < K](x[k] * w[j, 0])        → none",
                "output y[k < K] = x[k] output z[k < K] = x[k]^2     → none",
                "let z[k < K] = tanh(x[k]) output y[k < K] = z[k] * (1 - z[k]) → none",
                "let z[k < K] = b[k]^2 output y[k < K] = z[k]        → none",
            })
    void aLetIsPutInWhereOneEquationReadsItAtItsPlace(String equations, String expected) {
        Layer layer = layer(equations);
        Equation last = layer.equations().get(layer.equations().size() - 1);
        String found = Fusion.of(layer, last)
                .map(f -> Printer.print(f.definition().rhs()))
                .orElse("none");
        assertThat(found).isEqualTo(expected.replaceAll("^\\((.*)\\)$", "$1"));
    }

    /** What the sum reads may be guarded there, and would be read where nothing is. */
    @Test
    void aSumBehindAConditionStaysThere() {
        Layer layer = layer("let z[k < K] = k > 0 ? sum[i < I](w[k-1,i] * o[i]) : 0 output y[k < K] = z[k]^2 + x[k]");
        Equation last = layer.equations().get(2);
        assertThat(Fusion.of(layer, last).orElseThrow().lets())
                .extracting(r -> r.name())
                .containsExactly("x");
    }

    /** Of two lets with sums one is put in; the other is read. */
    @Test
    void oneSumAtMostIsPutIn() {
        Layer layer = layer("let z[k < K] = sum[i < I](w[k,i] * o[i]^2) output y[k < K] = x[k] * z[k]");
        Equation last = layer.equations().get(2);
        assertThat(Printer.print(
                        Fusion.of(layer, last).orElseThrow().definition().rhs()))
                .isEqualTo("(sum[i < I](w[k, i] * o[i]) + b[k]) * z[k]");
    }

    private static ClassPlan plan(String equations, String options) {
        Generate generate = Specs.parse(
                        "fused.layer",
                        "layer L[I, K] { " + DENSE + equations + " } generate C = L { " + options + " }",
                        Importers.library())
                .generates()
                .get(0);
        return Planner.plan(
                generate,
                Derive.derive(generate.layer()),
                Set.of(),
                generate.options().target(),
                Chooser.CHEAPEST);
    }

    private static List<String> calls(ClassPlan plan, String method) {
        return plan.entries().stream()
                .filter(e -> e.name().equals(method))
                .flatMap(e -> e.calls().stream().map(Routine::name))
                .toList();
    }

    /** {@code grad w2} needs y, {@code grad w} the slope of tanh at x, and backward both: there x is computed once. */
    @Test
    void aLetThatAGradientNeedsIsComputedOnce() {
        ClassPlan plan =
                plan("param w2[K] let y[k < K] = tanh(x[k]) output z = sum[k < K](w2[k] * y[k])", "target = portable");
        assertThat(calls(plan, "forward")).contains("fuseY").doesNotContain("computeX", "computeY");
        assertThat(calls(plan, "gradW2")).contains("fuseY").doesNotContain("computeX", "computeY");
        assertThat(calls(plan, "gradW")).contains("computeX").doesNotContain("fuseY", "computeY");
        assertThat(calls(plan, "backward")).contains("computeX", "computeY").doesNotContain("fuseY");
        assertThat(plan.choices().stream().filter(c -> c.target().equals("y")).map(Choice::plan))
                .as("both ways are told")
                .containsExactly("loop nest in blocks of 6 k, x put in", "one entry after the other");
    }

    @Test
    void aLetThatIsAskedForIsNotPutIn() {
        ClassPlan saved = plan("output y[k < K] = tanh(x[k])", "save = true");
        assertThat(calls(saved, "forward")).containsExactly("computeX", "computeY");
        ClassPlan nest = plan("output y[k < K] = tanh(x[k])", "unroll = none");
        assertThat(calls(nest, "forward")).containsExactly("computeX", "computeY");
    }
}
