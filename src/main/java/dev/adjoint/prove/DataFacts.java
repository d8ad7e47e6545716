package dev.adjoint.prove;

import dev.adjoint.expr.Position;
import dev.adjoint.index.Atom;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What is known of integers that depend on data: {@code 0 ≤ t[i] < V}, {@code 0 ≤ argmax < the window's size}. */
final class DataFacts {
    private final Function<String, Optional<IntExpr>> limits;

    /** @param limits of an integer tensor the bound that its entries stay below */
    DataFacts(Function<String, Optional<IntExpr>> limits) {
        this.limits = limits;
    }

    /** The domain with the conditions, and what is known of the data in them. */
    Domain and(Domain domain, Collection<Constraint> where) {
        Domain all = domain.and(where);
        List<Constraint> facts = of(where);
        return facts.isEmpty() ? all : all.and(facts);
    }

    /** The domain with what is known of the data in the conditions, which themselves need not hold. */
    Domain about(Domain domain, Collection<Constraint> conditions) {
        List<Constraint> facts = of(conditions);
        return facts.isEmpty() ? domain : domain.and(facts);
    }

    private List<Constraint> of(Collection<Constraint> where) {
        Set<Atom> data = new LinkedHashSet<>();
        where.forEach(c -> collect(c.expr(), data));
        List<Constraint> facts = new ArrayList<>();
        for (Atom atom : data) {
            Optional<IntExpr> below =
                    atom instanceof Winner w ? Optional.of(w.below()) : limits.apply(((Position.Entry) atom).tensor());
            if (below.isPresent()) {
                facts.add(Constraint.le(IntExpr.ZERO, IntExpr.of(atom)));
                facts.add(Constraint.lt(IntExpr.of(atom), below.get()));
            }
        }
        return facts;
    }

    private static void collect(IntExpr e, Set<Atom> data) {
        for (Atom atom : e.atoms()) {
            if (atom instanceof Winner || atom instanceof Position.Entry) {
                data.add(atom);
            } else if (atom instanceof Atom.FloorDiv q) {
                collect(q.num(), data);
                collect(q.den(), data);
            } else if (atom instanceof Atom.Mod m) {
                collect(m.num(), data);
                collect(m.den(), data);
            } else if (atom instanceof Atom.Extremum x) {
                collect(x.left(), data);
                collect(x.right(), data);
            } else if (atom instanceof Atom.Abs a) {
                collect(a.arg(), data);
            }
        }
    }
}
