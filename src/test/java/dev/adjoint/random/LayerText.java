package dev.adjoint.random;

import dev.adjoint.expr.Printer;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Size;
import dev.adjoint.lang.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A layer as the text of a spec. */
final class LayerText {
    private LayerText() {}

    static String print(Layer layer) {
        StringBuilder text = new StringBuilder("layer " + layer.name());
        if (!layer.sizes().isEmpty()) {
            text.append(layer.sizes().stream().map(Size::name).collect(Collectors.joining(", ", "[", "]")));
        }
        text.append(" {\n");
        layer.functions().forEach(f -> text.append("    function ").append(f).append('\n'));
        layer.assumptions()
                .forEach(
                        a -> text.append("    assume ").append(Printer.print(a)).append('\n'));
        for (Tensor tensor : layer.given()) {
            String integer = tensor.isInteger() ? "int " : "";
            String limit = tensor.limit().map(l -> " < " + l).orElse("");
            text.append("    " + role(tensor) + " " + integer + tensor.name() + shape(tensor.shape()) + limit + "\n");
        }
        for (Equation equation : layer.equations()) {
            text.append(
                    "    " + role(equation.target()) + " " + equation.target().name());
            text.append(ranges(equation.indices())).append(" = ");
            text.append(Printer.print(equation.rhs())).append('\n');
        }
        return text.append("}\n").toString();
    }

    private static String role(Tensor tensor) {
        return tensor.role().name().toLowerCase(Locale.ROOT);
    }

    private static String shape(List<IntExpr> shape) {
        return shape.isEmpty() ? "" : shape.stream().map(IntExpr::toString).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String ranges(List<Range> ranges) {
        return ranges.isEmpty() ? "" : "[" + Printer.ranges(ranges) + "]";
    }
}
