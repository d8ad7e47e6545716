package dev.adjoint.lang;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.Constraint;
import java.util.ArrayList;
import java.util.List;

/** Splits conditions into cases, each a conjunction of constraints on integers; what compares values says nothing here. */
final class Cases {
    private static final int MOST = 32;

    private Cases() {}

    /** The cases of which one holds, at least, where all of the conditions do. */
    static List<List<Constraint>> of(List<Cond> conditions) {
        List<List<Constraint>> cases = List.of(List.of());
        for (Cond condition : conditions) {
            cases = both(cases, of(condition, true));
        }
        return cases;
    }

    private static List<List<Constraint>> of(Cond c, boolean holds) {
        if (c instanceof Cond.Constant constant) {
            return constant.value() == holds ? List.of(List.of()) : List.of();
        }
        if (c instanceof Cond.Ints ints) {
            Cond.Ints is = holds ? ints : new Cond.Ints(ints.rel().negate(), ints.left(), ints.right());
            return is.rel() == Rel.NE
                    ? List.of(
                            List.of(Constraint.lt(is.left(), is.right())),
                            List.of(Constraint.lt(is.right(), is.left())))
                    : List.of(is.constraint().stream().toList());
        }
        if (c instanceof Cond.Not not) {
            return of(not.part(), !holds);
        }
        if (c instanceof Cond.And and) {
            return holds ? all(and.parts(), true) : any(and.parts(), false);
        }
        if (c instanceof Cond.Or or) {
            return holds ? any(or.parts(), true) : all(or.parts(), false);
        }
        return List.of(List.of());
    }

    private static List<List<Constraint>> all(List<Cond> parts, boolean hold) {
        List<List<Constraint>> cases = List.of(List.of());
        for (Cond part : parts) {
            cases = both(cases, of(part, hold));
        }
        return cases;
    }

    private static List<List<Constraint>> any(List<Cond> parts, boolean hold) {
        List<List<Constraint>> cases = new ArrayList<>();
        for (Cond part : parts) {
            cases.addAll(of(part, hold));
        }
        return cases.size() > MOST ? List.of(List.of()) : cases;
    }

    private static List<List<Constraint>> both(List<List<Constraint>> left, List<List<Constraint>> right) {
        if (left.size() * right.size() > MOST) {
            return left;
        }
        List<List<Constraint>> product = new ArrayList<>();
        for (List<Constraint> l : left) {
            for (List<Constraint> r : right) {
                List<Constraint> both = new ArrayList<>(l);
                both.addAll(r);
                product.add(both);
            }
        }
        return product;
    }
}
