package dev.adjoint.report;

import dev.adjoint.diagnostic.Json;
import dev.adjoint.lift.Lifted;
import dev.adjoint.prove.Counterexample;
import dev.adjoint.prove.Diagnosis;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Verdicts as maps and lists, to be printed as JSON. Members may be added; none of these changes its name or meaning:
 *
 * <pre>
 * {layer, statement, label,                the equation's number, empty if it has none
 *  place: {file, line, column, endLine, endColumn},
 *  verdict,                                PROVED, TESTED, REFUTED or UNKNOWN
 *  sizes: [{name, value}],                 for which alone it holds; empty for all
 *  assumptions: [text],                    in the language
 *  granted: [text],                       what was taken for granted of a Java method
 *  reads,                                  what a Java method computes, in the language; null of other statements
 *  passes,                                 whether the verdict is as strong as required
 *  reason,
 *  derived,                                the formula of the left side, or null
 *  counterexample: null or
 *    {sizes: [{name, value}], element: [{name, value}],
 *     tensors: [{name, shape: [integer], values: [text]}],   row-major; decimals, or fractions as 1/3
 *     derived, claimed,                    text: a number, "about" and a number, or "undefined"
 *     missing: [text], extra: [text]},     terms
 *  diagnosis: null or {mistakes: [text], mended}}
 * </pre>
 */
public final class VerdictJson {
    private VerdictJson() {}

    /** @param times whether {@code milliseconds} is a member */
    public static Map<String, @Nullable Object> of(Judgement judgement, Require require, boolean times) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("layer", judgement.layer().name());
        map.put("statement", judgement.question().statement());
        map.put("label", judgement.question().label());
        map.put("place", Json.of(judgement.place()));
        map.put("verdict", judgement.word().toString());
        map.put("sizes", named(judgement.verdict().map(v -> v.sizes()).orElse(Map.of())));
        map.put("assumptions", judgement.assumptions());
        map.put("granted", judgement.question().granted());
        map.put("reads", judgement.question().method().map(Lifted::equation).orElse(null));
        map.put("passes", require.isMetBy(judgement));
        map.put("reason", judgement.reason());
        map.put("derived", judgement.derived().orElse(null));
        map.put("counterexample", judgement.failure().map(VerdictJson::of).orElse(null));
        map.put("diagnosis", judgement.mistake().map(VerdictJson::of).orElse(null));
        if (times) {
            map.put("milliseconds", judgement.time().toMillis());
        }
        return map;
    }

    private static Map<String, @Nullable Object> of(Counterexample failure) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("sizes", named(failure.sizes()));
        map.put("element", named(failure.element()));
        map.put(
                "tensors",
                failure.tensors().entrySet().stream()
                        .map(e ->
                                tensor(e.getKey(), failure.shapes().getOrDefault(e.getKey(), List.of()), e.getValue()))
                        .toList());
        map.put("derived", failure.derived());
        map.put("claimed", failure.claimed());
        map.put("missing", failure.missing());
        map.put("extra", failure.extra());
        return map;
    }

    private static Map<String, @Nullable Object> of(Diagnosis diagnosis) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("mistakes", diagnosis.mistakes());
        map.put("mended", diagnosis.mended());
        return map;
    }

    private static Map<String, Object> tensor(String name, List<Long> shape, List<String> values) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("shape", shape);
        map.put("values", values);
        return map;
    }

    /** Names are values here, not members: what a document's members are called does not hang on a spec. */
    private static List<Map<String, Object>> named(Map<String, Long> values) {
        return values.entrySet().stream()
                .map(e -> {
                    Map<String, Object> map = new LinkedHashMap<>();
                    map.put("name", e.getKey());
                    map.put("value", e.getValue());
                    return map;
                })
                .toList();
    }
}
