package dev.adjoint.plan;

import dev.adjoint.lang.Generate.Options;
import dev.adjoint.loop.Buffer;
import dev.adjoint.lower.Definition;
import dev.adjoint.lower.Scatter;
import java.util.List;

/**
 * One decision of the planner.
 *
 * @param target what is computed, as {@code gradW}
 * @param plan the plan's name
 * @param because why it was chosen
 * @param considered the ways that were open, the cheapest first; none if there was only one
 */
public record Choice(String target, String plan, String because, List<Chooser.Candidate> considered) {
    public Choice {
        considered = List.copyOf(considered);
    }

    Choice(String target, String plan, String because) {
        this(target, plan, because, List.of());
    }

    /** A loop nest, and whether short loops in it are written out. */
    static Choice nest(Buffer target, Definition definition, Options.Unroll unroll, boolean written) {
        String plan = "loop nest in equation order" + (written ? ", short fixed loops written out" : "");
        if (unroll == Options.Unroll.NONE) {
            return new Choice(target.name(), plan, "unroll = none asks for it");
        }
        return Scatter.reduces(definition.rhs())
                ? new Choice(target.name(), plan, "it is no sum of products of two entries at affine places")
                : new Choice(target.name(), "one entry after the other", "each is read and written once");
    }

    /** The same with lets put in, which are not computed by themselves. */
    Choice with(List<String> lets) {
        String names = String.join(", ", lets);
        return new Choice(
                target,
                plan + ", " + names + " put in",
                because + "; what is done to each sum is done where it ends, and " + names
                        + (lets.size() == 1 ? " is" : " are") + " not stored",
                considered);
    }

    @Override
    public String toString() {
        return target + ": " + plan + ", because " + because;
    }
}
