package dev.adjoint.report;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Place;
import dev.adjoint.lang.Claim;
import dev.adjoint.lift.Lifted;
import java.util.List;
import java.util.Optional;

/**
 * A statement about a layer, as a claim that can be judged.
 *
 * @param statement as it was written, on one line, without its first word
 * @param label the number of the equation; empty if it has none
 * @param place where it is to be mended, should it be wrong: the claim, or the Java method
 * @param asked where a method is held to it; empty of a claim
 * @param claim what it says; empty if that could not be found out
 * @param method the Java method that was read as the claim, if it is one
 * @param obstacle why a method could not be read, if it could not
 */
public record Question(
        String statement,
        String label,
        Place place,
        Optional<Place> asked,
        Optional<Claim> claim,
        Optional<Lifted> method,
        Optional<Diagnostic> obstacle) {

    /** A claim of a spec. */
    public static Question of(Claim claim) {
        String text = claim.text().replaceFirst("^claim\\s+", "");
        return new Question(
                text,
                claim.label(),
                claim.place(),
                Optional.empty(),
                Optional.of(claim),
                Optional.empty(),
                Optional.empty());
    }

    /** What a method is held to compute, at the place {@code asked}. */
    public static Question of(String statement, Place asked, Lifted method) {
        Claim claim = method.claim();
        return new Question(
                statement,
                "",
                claim.place(),
                Optional.of(asked),
                Optional.of(claim),
                Optional.of(method),
                Optional.empty());
    }

    /** The same of a method that could not be read. */
    public static Question unread(String statement, Place asked, Diagnostic obstacle) {
        Place place = obstacle.place() == null ? asked : obstacle.place();
        return new Question(
                statement, "", place, Optional.of(asked), Optional.empty(), Optional.empty(), Optional.of(obstacle));
    }

    /** What was taken for granted in reading a method. */
    public List<String> granted() {
        return method.map(Lifted::notes).orElse(List.of());
    }
}
