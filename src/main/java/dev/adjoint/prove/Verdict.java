package dev.adjoint.prove;

import dev.adjoint.lang.Claim;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was shown of one claim: wherever the layer and what it derives are defined and the assumptions hold, the
 * claim's two sides are defined and equal.
 *
 * @param sizes the sizes for which alone it is proved; empty for all
 * @param assumptions what the proof rests on, in the language, as {@code K1 <= H}; that every axis is at least 1 goes
 *     without saying
 * @param reason how it was shown, or why it could not be, in one line
 * @param counterexample where the two sides differ; null unless REFUTED
 * @param diagnosis which mistake was made; null if none was recognised
 */
public record Verdict(
        Claim claim,
        Word word,
        Map<String, Long> sizes,
        List<String> assumptions,
        String reason,
        @Nullable Counterexample counterexample,
        @Nullable Diagnosis diagnosis) {
    public Verdict {
        sizes = Collections.unmodifiableMap(new LinkedHashMap<>(sizes));
        assumptions = List.copyOf(assumptions);
    }

    public Optional<Counterexample> failure() {
        return Optional.ofNullable(counterexample);
    }

    public Optional<Diagnosis> mistake() {
        return Optional.ofNullable(diagnosis);
    }

    /** {@code PROVED}, or {@code PROVED for K1 = 3, K2 = 3}. */
    public String title() {
        if (sizes.isEmpty()) {
            return word.toString();
        }
        List<String> bound = sizes.entrySet().stream()
                .map(e -> e.getKey() + " = " + e.getValue())
                .toList();
        return word + " for " + String.join(", ", bound);
    }
}
