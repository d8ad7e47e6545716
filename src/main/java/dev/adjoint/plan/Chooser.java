package dev.adjoint.plan;

import java.util.List;

/** Decides between ways to compute the same tensor. */
@FunctionalInterface
public interface Chooser {
    /**
     * A way that is open.
     *
     * @param way whose words are its name, unlike that of any other way for the same tensor
     * @param cycles about how long it takes, by the planner's own model
     */
    record Candidate(Object way, double cycles) {
        public String plan() {
            return way.toString();
        }
    }

    /** Takes what the model finds cheapest, of equals the first. */
    Chooser CHEAPEST = (target, candidates) -> {
        int best = 0;
        for (int k = 1; k < candidates.size(); k++) {
            if (candidates.get(k).cycles() < candidates.get(best).cycles()) {
                best = k;
            }
        }
        return best;
    };

    /**
     * Which candidate is to be taken, by its place in the list.
     *
     * @param target what is computed, as {@code gradW}
     * @param candidates at least one
     */
    int choose(String target, List<Candidate> candidates);

    /** Why it took what it took last for the target; empty if what the way gains says it all. */
    default String because(String target) {
        return "";
    }
}
