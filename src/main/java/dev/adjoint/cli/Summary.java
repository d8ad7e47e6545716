package dev.adjoint.cli;

import dev.adjoint.Adjoint;
import dev.adjoint.build.BuildRequest;
import dev.adjoint.build.BuildResult;
import dev.adjoint.build.Changes;
import dev.adjoint.build.ClassResult;
import dev.adjoint.build.LayerResult;
import dev.adjoint.build.TuneResult;
import dev.adjoint.check.ClassReport;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Json;
import dev.adjoint.report.VerdictJson;
import dev.adjoint.report.VerdictTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What a run did, as a table or as JSON. */
final class Summary {
    private Summary() {}

    /** Runs, prints, and returns the exit status. */
    static int run(Common common, BuildRequest request) {
        return print(common, request, Optional.empty(), Adjoint.run(request, common.progress()));
    }

    /** @param tuned what was measured before, if anything was */
    static int print(Common common, BuildRequest request, Optional<TuneResult> tuned, BuildResult result) {
        List<Diagnostic> diagnostics = new ArrayList<>();
        tuned.ifPresent(t -> diagnostics.addAll(t.diagnostics()));
        diagnostics.addAll(result.warnings());
        diagnostics.addAll(result.failures());
        int status = diagnostics.stream().anyMatch(Diagnostic::isError) ? Common.FAILED : Common.OK;
        if (common.json()) {
            Map<String, @Nullable Object> document = json(status, diagnostics, result);
            tuned.ifPresent(t -> document.put("tuned", Tuned.json(t)));
            common.print(Json.print(document));
        } else {
            tuned.ifPresent(t -> common.print(Tuned.text(t) + "\n"));
            common.print(table(request, result));
            common.print(closing(request, result));
            common.show(diagnostics);
        }
        return status;
    }

    private static String table(BuildRequest request, BuildResult result) {
        int name =
                width("layer", result.layers().stream().map(LayerResult::name).toList());
        int spec = width("spec", result.layers().stream().map(LayerResult::spec).toList());
        String left = "%-" + name + "s  %-" + spec + "s  %9s  %7s  ";
        String error = request.check() ? "%13s  " : "%.0s";
        String row = left + error + "%9s\n";
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, row, "layer", "spec", "gradients", "classes", "largest error", "time"));
        for (LayerResult layer : result.layers()) {
            text.append(String.format(
                    Locale.ROOT,
                    row,
                    layer.name(),
                    layer.spec(),
                    layer.gradients(),
                    layer.classes().size(),
                    layer.classes().stream().anyMatch(Summary::failed) ? "failed" : error(layer.largestError()),
                    time(layer.time())));
        }
        return text.append('\n').toString();
    }

    private static boolean failed(ClassResult result) {
        return result.check().filter(report -> !report.passed()).isPresent();
    }

    private static int width(String head, List<String> cells) {
        return Math.max(
                head.length(), cells.stream().mapToInt(String::length).max().orElse(0));
    }

    private static String closing(BuildRequest request, BuildResult result) {
        StringBuilder text = new StringBuilder();
        if (request.check()) {
            text.append("Errors are relative: each class, in double, against its equation, its formulas and numeric"
                    + " derivatives.\n");
            OptionalDouble inFloat = result.classes()
                    .flatMap(c -> c.check().stream())
                    .mapToDouble(ClassReport::largestFloatError)
                    .max();
            if (inFloat.orElse(0) > 0) {
                text.append("In float, against the same in double, the largest is ")
                        .append(error(inFloat))
                        .append(".\n");
            }
        }
        text.append(count(result.layers().size(), "layer")).append(", ");
        text.append(count(
                        result.layers().stream()
                                .mapToInt(LayerResult::gradients)
                                .sum(),
                        "gradient"))
                .append(", ");
        text.append(count((int) result.classes().count(), "class"));
        long failed = result.classes().filter(Summary::failed).count();
        if (request.check()) {
            text.append(failed == 0 ? ", all checked" : ", " + failed + " failed");
        }
        result.claims().ifPresent(claims -> text.append("; ").append(VerdictTable.summary(claims.judgements())));
        Path into = request.into();
        if (!result.failures().isEmpty()) {
            text.append(into == null ? "" : "; nothing written");
        } else if (into != null) {
            text.append("; ").append(changes(result.changes(), into));
        }
        return text.append("; ").append(time(result.time())).append('\n').toString();
    }

    private static String changes(Changes changes, Path into) {
        return count(changes.written().size(), "file") + " written, "
                + changes.unchanged().size() + " unchanged, "
                + changes.deleted().size() + " deleted in " + into;
    }

    private static String count(int n, String what) {
        String plural = what.endsWith("s") ? what + "es" : what + "s";
        return n + " " + (n == 1 ? what : plural);
    }

    private static String error(OptionalDouble error) {
        if (error.isEmpty() || error.getAsDouble() == 0) {
            return error.isEmpty() ? "-" : "0";
        }
        return String.format(Locale.ROOT, "%.1e", error.getAsDouble());
    }

    private static String time(Duration time) {
        long millis = time.toMillis();
        return millis < 10_000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    private static Map<String, @Nullable Object> json(int status, List<Diagnostic> diagnostics, BuildResult result) {
        Map<String, @Nullable Object> map = Common.document(status, diagnostics);
        map.put("layers", result.layers().stream().map(Summary::json).toList());
        result.claims()
                .ifPresent(claims -> map.put(
                        "claims",
                        claims.judgements().stream()
                                .map(judgement -> VerdictJson.of(judgement, claims.require(), false))
                                .toList()));
        map.put("written", result.changes().written());
        map.put("unchanged", result.changes().unchanged());
        map.put("deleted", result.changes().deleted());
        map.put("milliseconds", result.time().toMillis());
        return map;
    }

    private static Map<String, @Nullable Object> json(LayerResult layer) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("layer", layer.name());
        map.put("spec", layer.spec());
        map.put("gradients", layer.gradients());
        map.put("classes", layer.classes().stream().map(Summary::json).toList());
        map.put("milliseconds", layer.time().toMillis());
        return map;
    }

    private static Map<String, @Nullable Object> json(ClassResult result) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("class", result.name());
        map.put("largestError", result.check().map(ClassReport::largestError).orElse(null));
        map.put(
                "largestFloatError",
                result.check().map(ClassReport::largestFloatError).orElse(null));
        map.put("failures", result.check().map(ClassReport::failures).orElse(List.of()));
        return map;
    }
}
