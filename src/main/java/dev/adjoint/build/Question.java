package dev.adjoint.build;

import dev.adjoint.diagnostic.Place;
import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Verification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A statement about a layer, as a claim that can be judged.
 *
 * @param statement as it was written, on one line
 * @param label the number of the equation; empty if it has none
 * @param claim what it says; empty if that could not be found out
 * @param obstacle why it could not; empty if it could
 */
record Question(String statement, String label, Place place, Optional<Claim> claim, String obstacle) {

    /** What a layer claims, and what Java methods are held to compute, in the order of the text. */
    static List<Question> of(Layer layer) {
        List<Question> questions = new ArrayList<>();
        for (Claim claim : layer.claims()) {
            String text = claim.text().replaceFirst("^claim\\s+", "");
            questions.add(new Question(text, claim.label(), claim.place(), Optional.of(claim), ""));
        }
        for (Verification verification : layer.verifications()) {
            questions.add(of(verification));
        }
        questions.sort(Comparator.comparing(Question::place));
        return List.copyOf(questions);
    }

    /** The one place where Java methods join the claims: what a method computes is read as a claim of the layer. */
    private static Question of(Verification verification) {
        return new Question(
                text(verification), "", verification.place(), Optional.empty(), "Java methods are not read yet");
    }

    private static String text(Verification verification) {
        String parameters = verification.parameters().entrySet().stream()
                .map(e -> e.getKey() + " = " + e.getValue())
                .collect(Collectors.joining(", "));
        return "verify " + verification.what() + " by " + verification.className() + "#" + verification.method()
                + (parameters.isEmpty() ? "" : "(" + parameters + ")");
    }
}
