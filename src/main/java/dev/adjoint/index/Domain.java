package dev.adjoint.index;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A conjunction of constraints on integers, immutable. What it answers is proved for all of its integer points; what it
 * cannot show within its budget, it does not claim.
 *
 * <p>Products of atoms are linearised, each distinct monomial a variable of its own; {@code div}, {@code mod},
 * {@code min}, {@code max} and {@code abs} bring their laws ({@link Premises}), products theirs ({@link Products}). Any
 * other atom is an unknown integer.
 */
public final class Domain {
    public static final Domain ALL = new Domain(List.of(), null);

    private final List<Constraint> constraints;
    private final @Nullable Domain larger;
    private final Map<List<Constraint>, Domain> within = new ConcurrentHashMap<>();
    private final Map<Constraint, Boolean> implied = new ConcurrentHashMap<>();
    private volatile @Nullable Premises premises;
    private volatile @Nullable Points points;
    private volatile @Nullable Boolean empty;

    private Domain(List<Constraint> constraints, @Nullable Domain larger) {
        this.constraints = constraints;
        this.larger = larger;
    }

    /** The conjunction of these constraints. */
    public static Domain of(Collection<Constraint> constraints) {
        return ALL.and(constraints);
    }

    /** These constraints as a domain has them: each divided by the gcd of its coefficients, those that always hold gone. */
    public static List<Constraint> normal(Collection<Constraint> constraints) {
        Set<Constraint> all = new LinkedHashSet<>();
        constraints.forEach(c -> Constraints.addNormal(all, c));
        return List.copyOf(all);
    }

    public Domain and(Constraint c) {
        return and(List.of(c));
    }

    public Domain and(Collection<Constraint> more) {
        Set<Constraint> all = new LinkedHashSet<>(constraints);
        more.forEach(c -> Constraints.addNormal(all, c));
        if (all.size() == constraints.size()) {
            return this;
        }
        List<Constraint> smaller = List.copyOf(all);
        return this == ALL
                ? new Domain(smaller, this)
                : within.computeIfAbsent(
                        smaller.subList(constraints.size(), smaller.size()), c -> new Domain(smaller, this));
    }

    /** And {@code lo ≤ name < hi}. */
    public Domain and(Range range) {
        return and(List.of(Constraint.le(range.lo(), range.index()), Constraint.lt(range.index(), range.hi())));
    }

    /** The constraints, each divided by the gcd of its coefficients, in the order in which they came. */
    public List<Constraint> constraints() {
        return constraints;
    }

    private Premises premises() {
        Premises ready = premises;
        if (ready == null) {
            ready = Premises.of(constraints, points());
            premises = ready;
        }
        return ready;
    }

    private Points points() {
        Points ready = points;
        if (ready == null) {
            ready = larger == null || larger == ALL
                    ? new Points(Points.TRIALS)
                    : new Points(larger.points(), constraints.subList(larger.constraints.size(), constraints.size()));
            points = ready;
        }
        return ready;
    }

    /** True only if it is proved that the constraint holds at every integer point; false says only "not shown". */
    public boolean implies(Constraint c) {
        try {
            if (c.equality()) {
                return constraints.contains(c)
                        || implies(new Constraint(c.expr(), false))
                                && implies(new Constraint(c.expr().negate(), false));
            }
            Constraint normal = Constraints.normal(c);
            if (Constraints.truth(normal) == Constraints.Truth.ALWAYS || constraints.contains(normal)) {
                return true;
            }
            Boolean known = implied.get(normal);
            if (known == null) {
                Constraint negation = Constraints.not(normal);
                known = !points().meet(negation) && refutes(negation);
                implied.put(normal, known);
            }
            return known;
        } catch (ArithmeticException overflow) {
            return false;
        }
    }

    private boolean refutes(Constraint negation) {
        Constraint solved = Constraints.normal(premises().apply(negation));
        return switch (Constraints.truth(solved)) {
            case NEVER -> true;
            case ALWAYS -> isEmpty();
            case DEPENDS -> new Proof(premises(), List.of(solved)).refuted();
        };
    }

    /** True only if it is proved that {@code left ≤ right} at every integer point. */
    public boolean impliesLe(IntExpr left, IntExpr right) {
        return implies(Constraint.le(left, right));
    }

    /** True only if it is proved that the domain holds no integer point. */
    public boolean isEmpty() {
        Boolean known = empty;
        if (known == null) {
            known = points().isEmpty() && new Proof(premises(), List.of()).refuted();
            empty = known;
        }
        return known;
    }

    /**
     * The same integer at every point of the domain, {@code max}, {@code min} and {@code abs} resolved and {@code 0 ≤ e
     * < d  →  e div d = 0, e mod d = e} applied where the domain decides, innermost first.
     */
    public IntExpr simplify(IntExpr e) {
        return e.mapAtoms(this::simplify);
    }

    private IntExpr simplify(Atom atom) {
        if (atom instanceof Atom.FloorDiv quotient) {
            IntExpr den = simplify(quotient.den());
            IntExpr whole = simplify(quotient.num()).floorDiv(den);
            return whole.mapAtoms(
                    a -> a instanceof Atom.FloorDiv rest && rest.den().equals(den)
                            ? quotient(rest.num(), den).orElse(IntExpr.of(a))
                            : IntExpr.of(a));
        }
        if (atom instanceof Atom.Mod remainder) {
            IntExpr den = simplify(remainder.den());
            IntExpr left = simplify(remainder.num()).mod(den);
            return left.mapAtoms(a -> a instanceof Atom.Mod rest && rest.den().equals(den)
                    ? quotient(rest.num(), den)
                            .map(q -> rest.num().minus(den.times(q)))
                            .orElse(IntExpr.of(a))
                    : IntExpr.of(a));
        }
        if (atom instanceof Atom.Abs absolute) {
            IntExpr arg = simplify(absolute.arg());
            return impliesLe(IntExpr.ZERO, arg) ? arg : impliesLe(arg, IntExpr.ZERO) ? arg.negate() : arg.abs();
        }
        if (atom instanceof Atom.Extremum extremum) {
            IntExpr left = simplify(extremum.left());
            IntExpr right = simplify(extremum.right());
            IntExpr larger = impliesLe(right, left) ? left : impliesLe(left, right) ? right : null;
            if (larger != null) {
                return extremum.max() == (larger == left) ? left : right;
            }
            return extremum.max() ? left.max(right) : left.min(right);
        }
        return IntExpr.of(atom);
    }

    /** {@code q} if {@code d·q ≤ n < d·(q + 1)} is proved for one of the quotients 0, −1, 1. */
    private Optional<IntExpr> quotient(IntExpr n, IntExpr d) {
        if (!impliesLe(IntExpr.ONE, d)) {
            return Optional.empty();
        }
        for (int q : new int[] {0, -1, 1}) {
            if (impliesLe(d.times(q), n) && implies(Constraint.lt(n, d.times(q + 1)))) {
                return Optional.of(IntExpr.of(q));
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Domain that && constraints.equals(that.constraints);
    }

    @Override
    public int hashCode() {
        return constraints.hashCode();
    }

    @Override
    public String toString() {
        return constraints.toString();
    }
}
