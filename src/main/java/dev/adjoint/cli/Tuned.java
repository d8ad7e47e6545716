package dev.adjoint.cli;

import dev.adjoint.build.TuneResult;
import dev.adjoint.diagnostic.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tuning chose, as text: for each class and tensor the plan, and how much faster it is than the model's. */
final class Tuned {
    private Tuned() {}

    /** Prints what was measured, and returns the exit status. */
    static int print(Common common, TuneResult result) {
        int status = result.failed() ? Common.FAILED : Common.OK;
        if (common.json()) {
            Map<String, @Nullable Object> document = Common.document(status, result.diagnostics());
            document.put("tuned", json(result));
            common.print(Json.print(document));
        } else {
            common.print(text(result));
            common.show(result.diagnostics());
        }
        return status;
    }

    static String text(TuneResult result) {
        StringBuilder text = new StringBuilder();
        String before = "";
        for (TuneResult.Chosen each : result.choices()) {
            if (!each.className().equals(before)) {
                text.append(each.className()).append('\n');
            }
            before = each.className();
            text.append("  ")
                    .append(each.tensor())
                    .append(": ")
                    .append(each.plan())
                    .append('\n');
            String how = each.modelled()
                    ? "the model's choice"
                    : String.format(Locale.ROOT, "%.2f times as fast as the model's choice", each.speedup());
            text.append("      ")
                    .append(how)
                    .append(", of ")
                    .append(each.compared())
                    .append(" that were measured\n");
        }
        List<String> written = result.written();
        return text.append(text.length() == 0 ? "" : "\n")
                .append(written.isEmpty() ? "no record changed" : "recorded in " + String.join(", ", written))
                .append('\n')
                .toString();
    }

    static Map<String, Object> json(TuneResult result) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("choices", result.choices().stream().map(Tuned::json).toList());
        document.put("records", result.written());
        return document;
    }

    private static Map<String, Object> json(TuneResult.Chosen chosen) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("class", chosen.className());
        document.put("tensor", chosen.tensor());
        document.put("plan", chosen.plan());
        document.put("modelled", chosen.modelled());
        document.put("speedup", chosen.speedup());
        document.put("compared", chosen.compared());
        return document;
    }
}
