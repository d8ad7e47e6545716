package dev.adjoint.expr;

import dev.adjoint.index.Constraint;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.List;

/** A condition: true or false at each point. Built by the static methods, which keep it simplified. */
public sealed interface Cond {
    Cond TRUE = new Constant(true);
    Cond FALSE = new Constant(false);

    /** Known to hold, or not to. */
    record Constant(boolean value) implements Cond {}

    /** Two integers compared. */
    record Ints(Rel rel, IntExpr left, IntExpr right) implements Cond {
        /** This as a linear constraint; empty for {@code !=}, which is a union of two. */
        public java.util.Optional<Constraint> constraint() {
            return switch (rel) {
                case EQ -> java.util.Optional.of(Constraint.eq(left, right));
                case LT -> java.util.Optional.of(Constraint.lt(left, right));
                case LE -> java.util.Optional.of(Constraint.le(left, right));
                case GT -> java.util.Optional.of(Constraint.lt(right, left));
                case GE -> java.util.Optional.of(Constraint.le(right, left));
                case NE -> java.util.Optional.empty();
            };
        }
    }

    /** Two real values compared. */
    record Values(Rel rel, Expr left, Expr right) implements Cond {}

    /** All of them hold; at least two. */
    record And(List<Cond> parts) implements Cond {
        public And {
            parts = List.copyOf(parts);
        }
    }

    /** One of them holds, at least; at least two. */
    record Or(List<Cond> parts) implements Cond {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    /** It does not hold. */
    record Not(Cond part) implements Cond {}

    static Cond ints(Rel rel, IntExpr left, IntExpr right) {
        IntExpr difference = left.minus(right);
        if (difference.isConstant()) {
            return rel.holds(Long.signum(difference.constant())) ? TRUE : FALSE;
        }
        return new Ints(rel, left, right);
    }

    static Cond eq(IntExpr left, IntExpr right) {
        return ints(Rel.EQ, left, right);
    }

    static Cond values(Rel rel, Expr left, Expr right) {
        return new Values(rel, left, right);
    }

    /** {@code lo ≤ e < hi}. */
    static Cond within(IntExpr lo, IntExpr e, IntExpr hi) {
        return and(List.of(ints(Rel.LE, lo, e), ints(Rel.LT, e, hi)));
    }

    static Cond and(List<Cond> parts) {
        List<Cond> flat = new ArrayList<>();
        for (Cond part : parts) {
            for (Cond each : part instanceof And and ? and.parts() : List.of(part)) {
                if (each.equals(FALSE)) {
                    return FALSE;
                }
                if (!each.equals(TRUE) && !flat.contains(each)) {
                    flat.add(each);
                }
            }
        }
        return flat.isEmpty() ? TRUE : flat.size() == 1 ? flat.get(0) : new And(flat);
    }

    static Cond and(Cond left, Cond right) {
        return and(List.of(left, right));
    }

    static Cond or(List<Cond> parts) {
        List<Cond> flat = new ArrayList<>();
        for (Cond part : parts) {
            for (Cond each : part instanceof Or or ? or.parts() : List.of(part)) {
                if (each.equals(TRUE)) {
                    return TRUE;
                }
                if (!each.equals(FALSE) && !flat.contains(each)) {
                    flat.add(each);
                }
            }
        }
        return flat.isEmpty() ? FALSE : flat.size() == 1 ? flat.get(0) : new Or(flat);
    }

    static Cond not(Cond part) {
        if (part instanceof Constant constant) {
            return constant.value() ? FALSE : TRUE;
        }
        if (part instanceof Ints ints) {
            return new Ints(ints.rel().negate(), ints.left(), ints.right());
        }
        return part instanceof Not not ? not.part() : new Not(part);
    }

    /** The parts of a conjunction; the condition itself if it is none. */
    static List<Cond> conjuncts(Cond cond) {
        return cond instanceof And and ? and.parts() : cond.equals(TRUE) ? List.of() : List.of(cond);
    }
}
