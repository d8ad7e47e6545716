package dev.adjoint.report.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.derive.Derive;
import dev.adjoint.derive.Gradient;
import dev.adjoint.derive.Step;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What changed is marked, and nothing that changed is left unmarked. */
class ChangeTest {
    /** Outside of what is marked both formulas say the same, up to the order of factors and terms. */
    @Test
    void outsideOfTheMarksBothSaySame() throws IOException {
        int steps = 0;
        try (Stream<Path> files = Files.list(Path.of("specs"))) {
            for (Path file : files.sorted().toList()) {
                for (Layer layer : Specs.load(file, Importers.library()).layers()) {
                    for (Gradient gradient : Derive.derive(layer).gradients()) {
                        for (Step step : gradient.steps()) {
                            saysTheSame(step);
                            steps++;
                        }
                    }
                }
            }
        }
        assertThat(steps).as("steps looked at").isGreaterThan(100);
    }

    private static void saysTheSame(Step step) {
        MathNode before = Formulas.of(step.before());
        MathNode after = Formulas.of(step.after());
        Change change = Change.between(before, after);
        assertThat(common(before, List.of(), change.before()))
                .as("%s: what stays of %s in %s", step.rule(), Latex.print(before), Latex.print(after))
                .isEqualTo(common(after, List.of(), change.after()));
    }

    /** The formula without what is marked and without operators, its items in order of their text. */
    private static String common(MathNode node, List<Integer> at, Set<List<Integer>> marked) {
        if (marked.contains(at) || node instanceof MathNode.Op) {
            return "";
        }
        if (node.children().isEmpty()) {
            return node.toString();
        }
        List<String> parts = new ArrayList<>();
        for (int k = 0; k < node.children().size(); k++) {
            List<Integer> path = new ArrayList<>(at);
            path.add(k);
            String part = common(node.children().get(k), path, marked);
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        if (node instanceof MathNode.Row) {
            parts.sort(null);
            return String.join(" ", parts);
        }
        String head = node instanceof MathNode.Index index
                ? index.base().toString()
                : node.getClass().getSimpleName();
        return head + parts;
    }

    @Test
    void aSiftedIndexAloneIsMarked() {
        MathNode before = formula("sum[k < N](x[k] * [k == i] * c)");
        MathNode after = formula("c * x[i]");
        Change change = Change.between(before, after);
        assertThat(Latex.print(Change.marked(after, change.after(), Set.of())))
                .isEqualTo("c\\,{x}_{\\boxed{\\scriptstyle i}}");
        assertThat(Latex.print(Change.marked(before, Set.of(), change.before())))
                .isEqualTo("\\underline{\\sum\\limits_{0\\le k<N}}{x}_{\\underline{\\scriptstyle k}}\\,"
                        + "\\underline{\\left[k=i\\right]}\\,c");
    }

    @Test
    void whatVanishesIsMarkedWhereItWas() {
        MathNode before = formula("x[i] + c");
        Change change = Change.between(before, formula("x[i]")).vanishing(before, formula("c"));
        assertThat(Latex.print(Change.marked(before, Set.of(), change.before())))
                .isEqualTo("{x}_{i}+\\underline{c}");
        assertThat(change.after()).isEmpty();
    }

    @Test
    void equalFormulasHaveNothingMarked() {
        Change change = Change.between(formula("x[i] * c"), formula("c * x[i]"));
        assertThat(change.before()).isEmpty();
        assertThat(change.after()).isEmpty();
    }

    private static MathNode formula(String text) {
        Layer layer = Specs.parse(
                        "change.layer",
                        "layer L[N] { input x[N] param c output y[i < N] = " + text + " }",
                        Importers.library())
                .layers()
                .get(0);
        return Formulas.of(layer.equations().get(0).rhs());
    }
}
