package dev.adjoint.derive;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Names;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known at a place in a formula: the sizes' assumptions, the ranges of the indices around it, the conditions
 * that guard it, and which names are taken.
 */
final class Scope {
    private final Layer layer;
    private final Set<String> taken;
    private final Domain domain;

    private Scope(Layer layer, Set<String> taken, Domain domain) {
        this.layer = layer;
        this.taken = taken;
        this.domain = domain;
    }

    /** Around a whole formula over free indices; {@code taken} grows as names are handed out. */
    static Scope of(Layer layer, List<Range> free, Set<String> taken) {
        return new Scope(layer, taken, layer.sizeDomain()).within(free);
    }

    /** Inside of a bracket that binds these ranges; what is known of an outer index of the same name ends there. */
    Scope within(List<Range> ranges) {
        Domain inner = domain;
        for (Range range : ranges) {
            inner = without(inner, range.name()).and(range);
        }
        return inner == domain ? this : new Scope(layer, taken, inner);
    }

    private static Domain without(Domain domain, String name) {
        List<Constraint> kept = domain.constraints().stream()
                .filter(c -> !c.expr().variables().contains(name))
                .toList();
        return kept.size() == domain.constraints().size() ? domain : Domain.of(kept);
    }

    Scope given(List<Cond> conditions) {
        List<Constraint> constraints = constraints(conditions);
        return constraints.isEmpty() ? this : new Scope(layer, taken, domain.and(constraints));
    }

    /** The linear ones among the conditions. */
    static List<Constraint> constraints(List<Cond> conditions) {
        List<Constraint> constraints = new ArrayList<>();
        for (Cond condition : conditions) {
            for (Cond part : Cond.conjuncts(condition)) {
                if (part instanceof Cond.Ints ints) {
                    ints.constraint().ifPresent(constraints::add);
                }
            }
        }
        return constraints;
    }

    Domain domain() {
        return domain;
    }

    Layer layer() {
        return layer;
    }

    /** Whether the condition is shown to hold here. */
    boolean implies(Cond condition) {
        for (Cond part : Cond.conjuncts(condition)) {
            Optional<Constraint> constraint = part instanceof Cond.Ints ints ? ints.constraint() : Optional.empty();
            if (constraint.isEmpty() || !domain.implies(constraint.get())) {
                return false;
            }
        }
        return true;
    }

    boolean isPositive(IntExpr e) {
        return domain.implies(Constraint.le(IntExpr.ONE, e));
    }

    /** The names handed out so far; whoever takes another one adds it. */
    Set<String> taken() {
        return taken;
    }

    /** A name that nothing else bears, near to the one wanted. */
    String fresh(String wanted) {
        String name = Names.fresh(wanted, taken);
        taken.add(name);
        return name;
    }
}
