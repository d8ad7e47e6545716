package dev.adjoint.plan;

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
