package dev.adjoint.prove;

import dev.adjoint.index.Atom;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sums a polynomial over the integer points of a domain, as a function of what the domain depends on:
 *
 * <ol>
 *   <li>{@code u = n div d} becomes a variable with {@code d·u ≤ n < d·u + d}; extrema become cases
 *   <li>equalities give variables ({@link Equalities})
 *   <li>what is left runs from the largest lower to the least upper bound, by cases; powers of it are summed by
 *       Faulhaber's formula
 * </ol>
 */
final class Counting {
    private final Fresh fresh;
    private final Budget budget;
    private final Domain context;
    private final DataFacts facts;
    private final Equalities equalities;
    private final List<Piece> pieces = new ArrayList<>();

    private Counting(Domain context, DataFacts facts, Fresh fresh, Budget budget) {
        this.context = context;
        this.facts = facts;
        this.fresh = fresh;
        this.budget = budget;
        this.equalities = new Equalities(context, facts, fresh);
    }

    /**
     * The sum of the term's coefficient over its bound variables; the term has no factors.
     *
     * @throws Undecided if a variable cannot be summed over
     */
    static List<Piece> of(Term term, Domain context, DataFacts facts, Fresh fresh, Budget budget) {
        Counting counting = new Counting(context, facts, fresh, budget);
        counting.count(term);
        return counting.pieces;
    }

    private void count(Term start) {
        budget.spend(1 + start.coefficient().size() / 8);
        List<Constraint> where = Algebra.normal(start.where());
        if (where == null || start.coefficient().isZero()) {
            return;
        }
        Term term = start.withWhere(where);
        if (withoutAtoms(term)) {
            return;
        }
        if (term.bound().isEmpty()) {
            pieces.add(new Piece(
                    term.coefficient(),
                    quotients(term.where()).stream()
                            .map(this::simplified)
                            .map(Counting::oriented)
                            .toList()));
            return;
        }
        Optional<Term> solved = equalities.solved(term);
        if (solved.isPresent()) {
            count(solved.get());
        } else {
            sum(term);
        }
    }

    /** With quotients and remainders that the context knows. */
    private Constraint simplified(Constraint c) {
        boolean plain = c.expr().atoms().stream().allMatch(a -> a instanceof Atom.Var);
        return plain ? c : new Constraint(context.simplify(c.expr()), c.equality());
    }

    /** {@code e = 0} and {@code −e = 0} are one condition. */
    private static Constraint oriented(Constraint c) {
        return c.equality()
                        && Canon.text(c.expr()).compareTo(Canon.text(c.expr().negate())) > 0
                ? new Constraint(c.expr().negate(), true)
                : c;
    }

    /** {@code 0 ≤ n − d·u < d} is {@code u = n div d}. */
    private List<Constraint> quotients(List<Constraint> where) {
        budget.spend((long) where.size() * where.size() / 32);
        List<Constraint> result = new ArrayList<>(where);
        for (Constraint low : where) {
            for (Constraint high : where) {
                IntExpr d = low.expr().plus(high.expr()).plus(1);
                if (low.equality()
                        || high.equality()
                        || d.isConstant() && d.constant() < 2
                        || !result.contains(low)
                        || !result.contains(high)) {
                    continue;
                }
                IntExpr rest = low.expr().mod(d);
                IntExpr whole = low.expr().floorDiv(d);
                boolean split = rest.atoms().size() == 1
                        && rest.atoms().iterator().next() instanceof Atom.Mod m
                        && !m.num().equals(low.expr());
                if (split) {
                    List<Constraint> others = new ArrayList<>(result);
                    others.removeAll(List.of(low, high));
                    // The two imply d ≥ 1 themselves; what takes their place does not.
                    if (facts.and(context, others).impliesLe(IntExpr.ONE, d)) {
                        others.add(new Constraint(whole, true));
                        result = others;
                    }
                }
            }
        }
        return result;
    }

    // ---- div, mod, max, min, abs of bound variables

    private boolean withoutAtoms(Term term) {
        Set<Atom> atoms = new LinkedHashSet<>();
        term.where().forEach(c -> atoms.addAll(c.expr().atoms()));
        term.coefficient().numerator().terms().keySet().forEach(m -> atoms.addAll(m.factors()));
        term.coefficient().denominators().forEach(d -> d.terms().keySet().forEach(m -> atoms.addAll(m.factors())));
        for (Atom atom : atoms) {
            Atom inner = innermost(atom, term.bound());
            if (inner instanceof Atom.FloorDiv q) {
                unfold(term, q.num(), q.den());
                return true;
            }
            if (inner instanceof Atom.Mod m) {
                unfold(term, m.num(), m.den());
                return true;
            }
            if (inner instanceof Atom.Extremum x) {
                Constraint first = x.max() ? Constraint.le(x.right(), x.left()) : Constraint.le(x.left(), x.right());
                Constraint second = x.max() ? Constraint.lt(x.left(), x.right()) : Constraint.lt(x.right(), x.left());
                count(replaced(term, x, x.left()).and(List.of(first)));
                count(replaced(term, x, x.right()).and(List.of(second)));
                return true;
            }
            if (inner instanceof Atom.Abs a) {
                count(replaced(term, a, a.arg()).and(List.of(Constraint.le(IntExpr.ZERO, a.arg()))));
                count(replaced(term, a, a.arg().negate()).and(List.of(Constraint.lt(a.arg(), IntExpr.ZERO))));
                return true;
            }
        }
        return false;
    }

    /** A quotient or remainder of a bound variable, or an extremum, that holds no such atom itself. */
    private static @Nullable Atom innermost(Atom atom, List<String> bound) {
        List<IntExpr> parts = Replacement.parts(atom);
        boolean holds = false;
        for (IntExpr part : parts) {
            for (Atom each : part.atoms()) {
                Atom inner = innermost(each, bound);
                if (inner != null) {
                    return inner;
                }
            }
            holds |= part.variables().stream().anyMatch(bound::contains);
        }
        boolean cases = atom instanceof Atom.Extremum || atom instanceof Atom.Abs;
        boolean quotient = atom instanceof Atom.FloorDiv || atom instanceof Atom.Mod;
        return cases || holds && quotient ? atom : null;
    }

    private void unfold(Term term, IntExpr n, IntExpr d) {
        if (!facts.and(context, term.where()).impliesLe(IntExpr.ONE, d)) {
            throw new Undecided(d + " is not shown to be positive, in " + n + " div " + d);
        }
        String name = fresh.name();
        IntExpr u = IntExpr.var(name);
        Term replaced = replaced(term, new Atom.FloorDiv(n, d), u);
        replaced = replaced(replaced, new Atom.Mod(n, d), n.minus(d.times(u)));
        IntExpr floor = d.times(u);
        List<String> bound = new ArrayList<>(replaced.bound());
        bound.add(name);
        count(new Term(replaced.coefficient(), List.of(), replaced.where(), bound)
                .and(List.of(Constraint.le(floor, n), Constraint.lt(n, floor.plus(d)))));
    }

    static Term replaced(Term term, Atom atom, IntExpr value) {
        Replacement replacement = new Replacement(atom, value);
        List<Constraint> where = term.where().stream()
                .map(c -> new Constraint(replacement.in(c.expr()), c.equality()))
                .toList();
        return new Term(replacement.in(term.coefficient()), List.of(), where, term.bound());
    }

    // ---- ranges

    private record Limit(IntExpr value, boolean upper) {}

    private void sum(Term term) {
        Undecided reason = null;
        List<String> order = new ArrayList<>(term.bound());
        order.sort(java.util.Comparator.comparing(name -> unit(term, name) ? 0 : 1));
        int before = pieces.size();
        for (String name : order) {
            try {
                List<Term> cases = cases(term, name);
                cases.forEach(this::count);
                return;
            } catch (Undecided undecided) {
                // What was counted on the way is counted anew.
                pieces.subList(before, pieces.size()).clear();
                reason = reason == null ? undecided : reason;
            }
        }
        throw reason == null ? new Undecided("nothing to sum over") : reason;
    }

    private static boolean unit(Term term, String name) {
        return term.where().stream()
                .map(c -> c.expr().coefficient(name))
                .allMatch(a -> a.isPresent() && Math.abs(a.getAsLong()) <= 1);
    }

    /** {@code Σ_{lo ≤ y ≤ hi} coefficient}, a term for each choice of the active bounds. */
    private List<Term> cases(Term term, String name) {
        List<Poly> powers = term.coefficient().numerator().coefficients(name);
        boolean below = term.coefficient().denominators().stream()
                .anyMatch(d -> d.variables().contains(name));
        if (powers == null || below) {
            throw new Undecided("the sum of " + term.coefficient() + " has no closed form here");
        }
        List<Constraint> about = new ArrayList<>();
        List<Constraint> others = new ArrayList<>();
        term.where().forEach(c -> (c.expr().variables().contains(name) ? about : others).add(c));
        for (int k = about.size() - 1; k >= 0; k--) {
            Constraint c = about.remove(k);
            budget.spend(1);
            if (!facts.and(context.and(others), about).implies(c)) {
                about.add(k, c);
            }
        }
        Domain known = facts.and(context, others);
        Set<IntExpr> lows = new LinkedHashSet<>();
        Set<IntExpr> highs = new LinkedHashSet<>();
        for (Constraint c : about) {
            Linear linear = Linear.of(c.expr(), name);
            if (linear == null || c.equality()) {
                throw new Undecided("a sum whose range is given by " + c);
            }
            if (known.impliesLe(IntExpr.ONE, linear.factor())) {
                // f·y + r ≥ 0  →  y ≥ ⌈−r / f⌉
                IntExpr f = linear.factor();
                lows.add(linear.rest().negate().plus(f).minus(1).floorDiv(f));
            } else if (known.impliesLe(linear.factor(), IntExpr.of(-1))) {
                highs.add(linear.rest().floorDiv(linear.factor().negate()));
            } else {
                throw new Undecided("the sign of " + linear.factor() + " is not known, in " + c);
            }
        }
        if (lows.isEmpty() || highs.isEmpty()) {
            throw new Undecided("a sum without bounds");
        }
        List<String> bound = new ArrayList<>(term.bound());
        bound.remove(name);
        List<Term> cases = new ArrayList<>();
        for (IntExpr lo : lows) {
            for (IntExpr hi : highs) {
                List<Constraint> where = new ArrayList<>(others);
                active(lo, lows, true, where);
                active(hi, highs, false, where);
                where.add(Constraint.le(lo, hi));
                Ratio sum = Ratio.of(Faulhaber.sum(powers, lo, hi));
                for (Poly d : term.coefficient().denominators()) {
                    sum = sum.times(Ratio.of(d).inverse());
                }
                cases.add(new Term(sum, List.of(), where, bound));
            }
        }
        return cases;
    }

    /** That a bound is the tightest, and the first of equal ones. */
    private static void active(IntExpr bound, Set<IntExpr> all, boolean largest, List<Constraint> where) {
        boolean before = true;
        for (IntExpr other : all) {
            if (other.equals(bound)) {
                before = false;
            } else {
                IntExpr small = largest ? other : bound;
                IntExpr large = largest ? bound : other;
                where.add(before ? Constraint.lt(small, large) : Constraint.le(small, large));
            }
        }
    }
}
