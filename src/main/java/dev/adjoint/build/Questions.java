package dev.adjoint.build;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Place;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Verification;
import dev.adjoint.lift.JavaSources;
import dev.adjoint.lift.Lift;
import dev.adjoint.lift.Stated;
import dev.adjoint.report.Question;
import java.util.ArrayList;
import java.util.List;

/**
 * What is asked of layers: what their specs claim, what these hold Java methods to compute, and what the Javadocs of
 * methods hold themselves to.
 */
final class Questions {
    private final JavaSources sources;
    private final List<Stated> stated;

    Questions(JavaCode java) {
        this.sources = java.sources();
        this.stated = java.stated();
    }

    /** In the order of the text, those of Javadocs last. */
    List<Question> of(Layer layer) {
        record Placed(Place place, Question question) {}
        List<Placed> placed = new ArrayList<>();
        layer.claims().forEach(claim -> placed.add(new Placed(claim.place(), Question.of(claim))));
        layer.verifications().forEach(v -> placed.add(new Placed(v.place(), read(layer, v))));
        placed.sort(java.util.Comparator.comparing(Placed::place));
        List<Question> questions =
                new ArrayList<>(placed.stream().map(Placed::question).toList());
        stated.stream()
                .filter(s -> s.layer().equals(nameOf(layer)))
                .forEach(s -> questions.add(read(layer, s.verification(layer))));
        return List.copyOf(questions);
    }

    /** Where Java joins the claims: what a method computes is read as a claim of the layer. */
    private Question read(Layer layer, Verification verification) {
        String statement = verification.what() + " by " + verification.className() + "#" + verification.method();
        try {
            return Question.of(statement, verification.place(), Lift.lift(layer, verification, sources));
        } catch (AdjointException unreadable) {
            return Question.unread(
                    statement, verification.place(), unreadable.diagnostics().get(0));
        }
    }

    /** The layers, by their qualified names, that Javadocs speak of. */
    List<Stated> stated() {
        return stated;
    }

    /** {@code adjoint.conv.Conv2d}. */
    static String nameOf(Layer layer) {
        return layer.packageName().isEmpty() ? layer.name() : layer.packageName() + "." + layer.name();
    }
}
