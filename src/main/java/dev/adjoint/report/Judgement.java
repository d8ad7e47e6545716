package dev.adjoint.report;

import dev.adjoint.diagnostic.Place;
import dev.adjoint.lang.Layer;
import dev.adjoint.prove.Counterexample;
import dev.adjoint.prove.Diagnosis;
import dev.adjoint.prove.Verdict;
import dev.adjoint.prove.Word;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One statement about a layer, and what was found of it.
 *
 * @param layer the layer as it stands in its spec, or that of a class, its sizes bound
 * @param verdict on the claim that the statement is; empty if there is none, as for a method that could not be read
 * @param reason how the verdict was found, or why there is none, in one line
 * @param derived what the left side is by the layer's equations, {@code grad w[m] = …} in the language; empty if that
 *     is not one formula
 * @param time spent on it
 */
public record Judgement(
        Layer layer,
        Question question,
        Optional<Verdict> verdict,
        String reason,
        Optional<String> derived,
        Duration time) {

    public Word word() {
        return verdict.map(Verdict::word).orElse(Word.UNKNOWN);
    }

    /** {@code PROVED}, or {@code PROVED for K1 = 3, K2 = 3}. */
    public String title() {
        return verdict.map(Verdict::title).orElseGet(Word.UNKNOWN::toString);
    }

    public Place place() {
        return question.place();
    }

    /** What the proof rests on, in the language; that every axis is at least 1 goes without saying. */
    public List<String> assumptions() {
        return verdict.map(Verdict::assumptions).orElse(List.of());
    }

    public Optional<Counterexample> failure() {
        return verdict.flatMap(Verdict::failure);
    }

    public Optional<Diagnosis> mistake() {
        return verdict.flatMap(Verdict::mistake);
    }
}
