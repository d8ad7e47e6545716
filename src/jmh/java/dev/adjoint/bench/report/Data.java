package dev.adjoint.bench.report;

import dev.adjoint.diagnostic.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All numbers as JSON; times in nanoseconds. Unlike what JMH writes, it names no path of the machine. */
public final class Data {
    private Data() {}

    /** The document. */
    public static String json(Results results) {
        Circumstances at = results.circumstances();
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("date", at.date().toString());
        root.put("processor", at.processor());
        root.put("extensions", at.extensions());
        root.put("cores", at.cores());
        root.put("pinned", at.pinned());
        root.put("system", at.system());
        root.put("java", at.jvm());
        root.put("command", at.command());
        root.put("effort", at.effort());
        root.put("peaks", results.peaks());
        root.put("baseline", results.baseline());
        root.put("contenders", results.contenders());
        List<Object> rows = new ArrayList<>();
        results.outcomes()
                .forEach((cell, outcomes) -> outcomes.forEach((contender, outcome) -> {
                    Map<String, @Nullable Object> row = new LinkedHashMap<>();
                    row.put("layer", cell.workload().name());
                    row.put("sizes", cell.workload().problem().sizes());
                    row.put("pass", cell.pass().word());
                    row.put("flops", cell.workload().problem().flops());
                    row.put("contender", contender);
                    add(row, outcome);
                    rows.add(row);
                }));
        root.put("results", rows);
        return Json.print(root);
    }

    private static void add(Map<String, @Nullable Object> row, Outcome outcome) {
        if (outcome instanceof Outcome.Measured m) {
            row.put("median", m.median());
            row.put("spread", m.spread());
            row.put("iterations", m.nanoseconds());
            row.put(
                    "firstCall",
                    m.firstCall().isPresent() ? (Object) m.firstCall().getAsDouble() : null);
            row.put("bytes", m.bytes());
            row.put("error", m.error());
            row.put("givenUp", m.givenUp());
        } else if (outcome instanceof Outcome.Wrong w) {
            row.put("wrong", w.error());
        } else if (outcome instanceof Outcome.Failed f) {
            row.put("failed", f.reason());
        } else if (outcome instanceof Outcome.Absent a) {
            row.put("absent", a.reason());
        }
    }
}
