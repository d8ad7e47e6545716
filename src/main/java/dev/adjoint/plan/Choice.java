package dev.adjoint.plan;

/**
 * One decision of the planner.
 *
 * @param target what is computed, as {@code gradW}
 * @param plan the plan's name
 * @param because why it was chosen
 */
public record Choice(String target, String plan, String because) {
    @Override
    public String toString() {
        return target + ": " + plan + ", because " + because;
    }
}
