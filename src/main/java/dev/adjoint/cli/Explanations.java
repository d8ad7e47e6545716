package dev.adjoint.cli;

import dev.adjoint.build.Explanation;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Json;
import dev.adjoint.plan.Choice;
import dev.adjoint.plan.Chooser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How classes compute, as text: what was chosen for each tensor, why, and what else there was. */
final class Explanations {
    private static final int MOST = 4;

    private Explanations() {}

    static String text(List<Explanation> explanations) {
        StringBuilder text = new StringBuilder();
        for (Explanation each : explanations) {
            text.append(text.length() == 0 ? "" : "\n");
            text.append(each.className())
                    .append(": ")
                    .append(each.what())
                    .append(", ")
                    .append(each.spec())
                    .append('\n');
            each.plans().forEach((kind, choices) -> {
                text.append("  ").append(kind).append('\n');
                choices.forEach(choice -> append(choice, text));
            });
        }
        return text.toString();
    }

    /** Lines of records that had no effect. */
    static List<Diagnostic> warnings(List<Explanation> explanations) {
        return explanations.stream().flatMap(e -> e.warnings().stream()).toList();
    }

    static String json(List<Explanation> explanations) {
        Map<String, @Nullable Object> document = Common.document(Common.OK, warnings(explanations));
        document.put("classes", explanations.stream().map(Explanations::json).toList());
        return Json.print(document);
    }

    private static Map<String, Object> json(Explanation explanation) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("class", explanation.className());
        document.put("layer", explanation.what());
        document.put("spec", explanation.spec());
        Map<String, Object> plans = new LinkedHashMap<>();
        explanation
                .plans()
                .forEach((kind, choices) ->
                        plans.put(kind, choices.stream().map(Explanations::json).toList()));
        document.put("plans", plans);
        document.put("recorded", explanation.recorded().stream().sorted().toList());
        return document;
    }

    private static Map<String, Object> json(Choice choice) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("tensor", choice.target());
        document.put("plan", choice.plan());
        document.put("because", choice.because());
        document.put("ways", choice.considered().size());
        return document;
    }

    private static void append(Choice choice, StringBuilder text) {
        text.append("    ")
                .append(choice.target())
                .append(": ")
                .append(choice.plan())
                .append('\n');
        text.append("      because ").append(choice.because()).append('\n');
        List<Chooser.Candidate> ways = choice.considered();
        if (ways.size() > 1) {
            text.append("      of ").append(ways.size()).append(" ways, in estimated cycles:\n");
            for (Chooser.Candidate way : ways.subList(0, Math.min(MOST, ways.size()))) {
                text.append(String.format(Locale.ROOT, "      %,15.0f  %s%n", way.cycles(), way.plan())
                        .replace(System.lineSeparator(), "\n"));
            }
        }
    }
}
