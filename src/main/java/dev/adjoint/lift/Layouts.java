package dev.adjoint.lift;

import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The memory layouts that are assumed while a method is read. Each array begins with its axes in the tensor's order,
 * row-major; when its offsets do not follow that but do follow another order, the method is read anew with the other.
 */
final class Layouts {
    /** Axes and how they lie. */
    record Shape(List<IntExpr> extents, List<List<Integer>> layout) {}

    /** The method must be read anew: a layout has changed. */
    static final class Changed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Changed() {
            super("a layout has changed", null, false, false);
        }
    }

    private static final class Choice {
        private final List<Shape> candidates;
        private final Set<Integer> tried = new HashSet<>(Set.of(0));
        private int current;
        private boolean fixed;

        private Choice(List<Shape> candidates) {
            this.candidates = candidates;
        }
    }

    private final Map<String, Choice> choices = new LinkedHashMap<>();

    private Choice choice(String site) {
        Choice choice = choices.get(site);
        if (choice == null) {
            throw new IllegalStateException("no layout of " + site);
        }
        return choice;
    }

    Shape shape(String site, List<Shape> candidates) {
        Choice choice = choices.computeIfAbsent(site, s -> new Choice(candidates));
        return candidates.get(Math.min(choice.current, candidates.size() - 1));
    }

    static List<Shape> of(List<IntExpr> extents, int brackets) {
        List<Shape> shapes = new ArrayList<>();
        ArrayInfo.layouts(extents.size(), brackets).forEach(l -> shapes.add(new Shape(extents, l)));
        return shapes;
    }

    /** The layouts that an array might also have. */
    List<Shape> others(String site) {
        Choice choice = choices.get(site);
        List<Shape> others = new ArrayList<>();
        if (choice != null && !choice.fixed) {
            for (int k = 0; k < choice.candidates.size(); k++) {
                if (!choice.tried.contains(k)) {
                    others.add(choice.candidates.get(k));
                }
            }
        }
        return others;
    }

    /** Whether some offsets of the array followed another layout than the present one. */
    boolean isTorn(String site) {
        Choice choice = choices.get(site);
        return choice != null && !choice.fixed && choice.tried.size() > 1;
    }

    boolean isFixed(String site) {
        Choice choice = choices.get(site);
        return choice != null && choice.fixed;
    }

    /** Begins anew with another layout. */
    Changed change(String site, Shape to) {
        Choice choice = choice(site);
        choice.current = choice.candidates.indexOf(to);
        choice.tried.add(choice.current);
        return new Changed();
    }

    /** Begins anew in row-major order: no one layout explains all offsets. */
    Changed fix(String site) {
        Choice choice = choice(site);
        choice.current = 0;
        choice.fixed = true;
        return new Changed();
    }
}
