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

    @Override
    public String toString() {
        return target + ": " + plan + ", because " + because;
    }
}
