package dev.adjoint.report;

import dev.adjoint.derive.Gradient;
import dev.adjoint.derive.Step;
import dev.adjoint.expr.Printer;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Size;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A derivation as maps and lists, to be printed as JSON; formulas stand in them as text in the language. */
public final class DerivationJson {
    private DerivationJson() {}

    /** The layer's equations and some of its gradients, with each step if {@code steps} is set. */
    public static Map<String, @Nullable Object> of(Layer layer, List<Gradient> gradients, boolean steps) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("layer", layer.name());
        map.put("sizes", layer.sizes().stream().map(Size::name).toList());
        map.put(
                "equations",
                layer.equations().stream()
                        .map(e -> equation(e.target().name(), e.indices(), Printer.print(e.rhs())))
                        .toList());
        map.put("gradients", gradients.stream().map(g -> gradient(g, steps)).toList());
        return map;
    }

    private static Map<String, @Nullable Object> gradient(Gradient gradient, boolean steps) {
        Map<String, @Nullable Object> map =
                equation("grad " + gradient.of().name(), gradient.indices(), Printer.print(gradient.formula()));
        map.put("padded", Printer.print(gradient.padded()));
        map.put("region", Reindexing.region(gradient).map(Printer::print).orElse(null));
        map.put("flipped", Reindexing.flipped(gradient).map(Printer::print).orElse(null));
        map.put("words", gradient.words());
        if (steps) {
            map.put("chainRule", Printer.print(gradient.raw()));
            map.put("steps", steps(gradient.steps()));
            map.put("paddedSteps", steps(gradient.paddedSteps()));
        }
        return map;
    }

    private static Map<String, @Nullable Object> equation(String left, List<Range> indices, String right) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("of", left);
        map.put("indices", indices.stream().map(Range::toString).toList());
        map.put("formula", right);
        return map;
    }

    private static List<Map<String, @Nullable Object>> steps(List<Step> steps) {
        List<Map<String, @Nullable Object>> list = new ArrayList<>();
        for (Step step : steps) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("rule", step.rule());
            map.put("law", step.law());
            map.put("part", Printer.print(step.part()));
            map.put("becomes", Printer.print(step.replacement()));
            map.put("condition", step.condition());
            map.put("result", Printer.print(step.after()));
            list.add(map);
        }
        return list;
    }
}
