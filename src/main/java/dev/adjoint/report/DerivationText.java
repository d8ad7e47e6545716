package dev.adjoint.report;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Gradient;
import dev.adjoint.derive.Step;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Printer;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Size;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A derivation as text, in the language: each line that states a gradient can be pasted back into its layer as a claim.
 */
public final class DerivationText {
    private DerivationText() {}

    /** The layer's equations, then every gradient; with each step if {@code steps} is set. */
    public static String of(Derivation derivation, boolean steps) {
        StringBuilder text = new StringBuilder(equations(derivation.layer()));
        for (Gradient gradient : derivation.gradients()) {
            text.append('\n').append(of(gradient, steps));
        }
        return text.toString();
    }

    /** {@code layer Name[sizes]} and what it computes. */
    public static String equations(Layer layer) {
        String sizes = layer.sizes().stream().map(Size::name).collect(Collectors.joining(", "));
        StringBuilder text = new StringBuilder("layer " + layer.name() + (sizes.isEmpty() ? "" : "[" + sizes + "]"));
        text.append('\n');
        for (Equation equation : layer.equations()) {
            String ranges = Printer.ranges(equation.indices());
            text.append("    ").append(equation.target().name());
            text.append(ranges.isEmpty() ? "" : "[" + ranges + "]");
            text.append(" = ").append(Printer.print(equation.rhs())).append('\n');
        }
        return text.toString();
    }

    /** One gradient: its steps if they are wanted, its forms, and what it is in words. */
    public static String of(Gradient gradient, boolean steps) {
        return (steps ? steps(gradient) : "") + forms(gradient);
    }

    /** Clamped, over the region of outputs, zero-padded, with the kernel flipped: those that differ. */
    private static String forms(Gradient gradient) {
        StringBuilder text = new StringBuilder();
        String left = left(gradient);
        state(text, left, gradient.formula());
        Reindexing.region(gradient).ifPresent(region -> {
            state(text, left, region);
            note(
                    text,
                    "the same sum, over the region of outputs that " + left.substring("grad ".length()) + " reaches");
        });
        if (!gradient.padded().equals(gradient.formula())) {
            state(text, left, gradient.padded());
        }
        gradient.words().forEach(words -> note(text, words));
        Reindexing.flipped(gradient).ifPresent(flipped -> {
            state(text, left, flipped);
            note(text, "the same sum, with the kernel flipped: a cross-correlation");
        });
        return text.toString();
    }

    private static void state(StringBuilder text, String left, Expr right) {
        text.append("  ")
                .append(left)
                .append(" = ")
                .append(Printer.print(right))
                .append('\n');
    }

    private static void note(StringBuilder text, String words) {
        text.append("      ").append(words).append('\n');
    }

    /** From the chain rule to the clamped form, and from where they part to the zero-padded one. */
    private static String steps(Gradient gradient) {
        StringBuilder text = new StringBuilder("derivation of " + left(gradient) + over(gradient.indices()) + "\n");
        String rule =
                "chain rule over every equation that reads " + gradient.of().name();
        steps(text, gradient.raw(), rule, gradient.steps());
        int shared = 0;
        while (shared < Math.min(gradient.steps().size(), gradient.paddedSteps().size())
                && gradient.steps().get(shared).equals(gradient.paddedSteps().get(shared))) {
            shared++;
        }
        List<Step> padding =
                gradient.paddedSteps().subList(shared, gradient.paddedSteps().size());
        if (!padding.isEmpty() && !gradient.padded().equals(gradient.formula())) {
            text.append("  or with zero padding, from\n");
            steps(text, padding.get(0).before(), "as above", padding);
        }
        return text.toString();
    }

    /** What there is before the first step; of each the formula after it, its law, the part that changed, its condition. */
    private static void steps(StringBuilder text, Expr first, String rule, List<Step> steps) {
        List<Chain.Line> lines = Chain.of(first, steps);
        text.append("      ").append(lines.get(0).text()).append('\n');
        reason(text, rule);
        for (int k = 0; k < steps.size(); k++) {
            Step step = steps.get(k);
            text.append("    = ").append(lines.get(k + 1).text()).append('\n');
            reason(text, step.rule() + ": " + step.law());
            if (!step.part().equals(step.before())) {
                reason(text, "here " + Printer.print(step.part()) + " = " + Printer.print(step.replacement()));
            }
            if (!step.condition().isEmpty()) {
                reason(text, "with " + step.condition());
            }
        }
    }

    private static void reason(StringBuilder text, String words) {
        text.append("          ").append(words).append('\n');
    }

    private static String left(Gradient gradient) {
        List<Range> indices = gradient.indices();
        Expr entry = Exprs.read(
                Ref.grad(gradient.of().name()),
                indices.stream().map(Range::index).toList());
        return Printer.print(entry);
    }

    private static String over(List<Range> indices) {
        return indices.isEmpty() ? "" : " for " + Printer.ranges(indices);
    }
}
