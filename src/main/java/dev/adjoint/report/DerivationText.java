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
        String sizes = layer.sizes().stream().map(s -> s.name()).collect(Collectors.joining(", "));
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

    /** One gradient: its steps if they are wanted, its two forms, and what it is in words. */
    public static String of(Gradient gradient, boolean steps) {
        StringBuilder text = new StringBuilder();
        String left = left(gradient);
        if (steps) {
            text.append("derivation of ")
                    .append(left)
                    .append(over(gradient.indices()))
                    .append('\n');
            text.append("      ")
                    .append(Printer.print(gradient.raw()))
                    .append("\n          chain rule over every equation that reads ");
            text.append(gradient.of().name()).append('\n');
            for (Step step : gradient.steps()) {
                text.append("    = ").append(Printer.print(step.after())).append('\n');
                text.append("          ").append(step.rule()).append(": ").append(step.law());
                text.append(step.condition().isEmpty() ? "" : ", with " + step.condition())
                        .append('\n');
            }
        }
        text.append("  ")
                .append(left)
                .append(" = ")
                .append(Printer.print(gradient.formula()))
                .append('\n');
        if (!gradient.padded().equals(gradient.formula())) {
            text.append("  ")
                    .append(left)
                    .append(" = ")
                    .append(Printer.print(gradient.padded()))
                    .append('\n');
        }
        for (String words : gradient.words()) {
            text.append("      ").append(words).append('\n');
        }
        return text.toString();
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
