package dev.adjoint.index;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The constraints of a domain, made ready for proofs: equalities {@code ±v + e = 0} are solved for {@code v} and put
 * into all the others, inside {@code div} and {@code mod} too; and what holds of each atom is looked up here.
 *
 * <ul>
 *   <li>{@code d ≥ 1  →  d·(n div d) ≤ n ≤ d·(n div d) + d − 1}
 *   <li>{@code d ≥ 1, n ≤ d·m − 1  →  n div d ≤ m − 1}
 *   <li>{@code d ≥ 1  →  0 ≤ n mod d ≤ d − 1  and  n = d·(n div d) + n mod d}
 *   <li>{@code 0 ≤ n < d  →  n div d = 0}, {@code (n div d) div e = n div (d·e)}
 *   <li>{@code (n mod (d·e)) div e = (n div e) mod d}, {@code (n mod (d·e)) mod e = n mod e}
 *   <li>{@code max(a, b) ≥ a, b}, {@code min(a, b) ≤ a, b}, {@code abs(a) ≥ a, −a}
 * </ul>
 */
final class Premises {
    private final Map<String, IntExpr> solved;
    private final List<Constraint> constraints;
    private final Points points;
    private final List<Set<Object>> keys = new ArrayList<>();
    private final Map<Atom, List<Constraint>> facts = new ConcurrentHashMap<>();
    private final Map<Atom, OptionalLong> floors = new ConcurrentHashMap<>();

    private Premises(Map<String, IntExpr> solved, List<Constraint> constraints, Points points) {
        this.solved = solved;
        this.constraints = constraints;
        this.points = points;
        constraints.forEach(c -> keys.add(keys(c)));
    }

    static Premises of(List<Constraint> constraints, Points points) {
        Map<String, IntExpr> solved = new LinkedHashMap<>();
        List<Constraint> work = constraints;
        try {
            Optional<Map<String, IntExpr>> step = solution(work);
            while (step.isPresent()) {
                Map<String, IntExpr> values = step.get();
                Set<Constraint> replaced = new LinkedHashSet<>();
                work.forEach(c -> Constraints.addNormal(replaced, c.substitute(values)));
                solved.replaceAll((name, value) -> value.substitute(values));
                solved.putAll(values);
                work = List.copyOf(replaced);
                step = solution(work);
            }
        } catch (ArithmeticException noInteger) {
            // Overflow, or a divisor that became 0: the constraints are as true unsolved.
            return new Premises(Map.of(), constraints, points);
        }
        return new Premises(solved, work, points);
    }

    /** {@code v = e} from the first equality, or pair of opposite inequalities, with a coefficient ±1. */
    private static Optional<Map<String, IntExpr>> solution(List<Constraint> constraints) {
        Set<IntExpr> inequalities = new HashSet<>();
        for (Constraint c : constraints) {
            if (!c.equality()) {
                inequalities.add(c.expr());
            }
        }
        for (Constraint c : constraints) {
            if (c.equality() || inequalities.contains(c.expr().negate())) {
                for (Map.Entry<Monomial, Long> term : c.expr().terms().entrySet()) {
                    List<Atom> factors = term.getKey().factors();
                    if (Math.abs(term.getValue()) == 1
                            && factors.size() == 1
                            && factors.get(0) instanceof Atom.Var v
                            && c.expr().coefficient(v.name()).isPresent()) {
                        IntExpr rest = c.expr().minus(IntExpr.of(term.getKey(), term.getValue()));
                        return Optional.of(Map.of(v.name(), rest.times(-term.getValue())));
                    }
                }
            }
        }
        return Optional.empty();
    }

    Constraint apply(Constraint c) {
        return solved.isEmpty() ? c : c.substitute(solved);
    }

    List<Constraint> constraints() {
        return constraints;
    }

    /** The points that are known of all of them. */
    Points points() {
        return points;
    }

    /** The variables that equalities determine, with what they are by the others. */
    Map<String, IntExpr> solved() {
        return solved;
    }

    /** The constraints that share a variable or an atom with these, directly or through others, in order. */
    List<Constraint> connected(List<Constraint> seeds) {
        Set<Object> reached = new HashSet<>();
        seeds.forEach(c -> reached.addAll(keys(c)));
        boolean[] taken = new boolean[constraints.size()];
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 0; i < taken.length; i++) {
                if (!taken[i] && !Collections.disjoint(reached, keys.get(i))) {
                    taken[i] = true;
                    changed = true;
                    reached.addAll(keys.get(i));
                }
            }
        }
        List<Constraint> connected = new ArrayList<>();
        for (int i = 0; i < taken.length; i++) {
            if (taken[i] || constraints.get(i).expr().isConstant()) {
                connected.add(constraints.get(i));
            }
        }
        return connected;
    }

    private static Set<Object> keys(Constraint c) {
        Set<Object> keys = new LinkedHashSet<>(c.expr().variables());
        for (Atom atom : c.expr().atoms()) {
            if (!(atom instanceof Atom.Var)) {
                keys.add(atom);
            }
        }
        return keys;
    }

    /** What holds of an atom because of what it is. */
    List<Constraint> facts(Atom atom) {
        if (atom instanceof Atom.Var) {
            return List.of();
        }
        List<Constraint> known = facts.get(atom);
        if (known == null) {
            known = new ArrayList<>();
            try {
                addFacts(atom, known);
            } catch (ArithmeticException overflow) {
                known.clear();
            }
            facts.put(atom, known);
        }
        return known;
    }

    private void addFacts(Atom atom, List<Constraint> into) {
        IntExpr self = IntExpr.of(atom);
        if (atom instanceof Atom.FloorDiv quotient && atLeast(quotient.den(), 1)) {
            IntExpr floor = quotient.den().times(self);
            into.add(Constraint.le(floor, quotient.num()));
            into.add(Constraint.le(quotient.num(), floor.plus(quotient.den()).minus(1)));
            if (atLeast(quotient.num(), 0)) {
                boolean zero = atLeast(quotient.den().minus(1).minus(quotient.num()), 0);
                into.add(zero ? Constraint.eq(self, IntExpr.ZERO) : Constraint.le(IntExpr.ZERO, self));
            }
            for (Constraint c : constraints) {
                IntExpr above = c.equality()
                        ? IntExpr.ZERO
                        : c.expr().plus(quotient.num()).plus(1);
                if (!above.isConstant() && above.mod(quotient.den()).isZero()) {
                    into.add(Constraint.lt(self, above.floorDiv(quotient.den())));
                }
            }
            nested(quotient.num(), quotient.den(), true).ifPresent(same -> into.add(Constraint.eq(self, same)));
        } else if (atom instanceof Atom.Mod remainder && atLeast(remainder.den(), 1)) {
            IntExpr quotient = IntExpr.of(new Atom.FloorDiv(remainder.num(), remainder.den()));
            into.add(Constraint.le(IntExpr.ZERO, self));
            into.add(Constraint.lt(self, remainder.den()));
            into.add(Constraint.eq(
                    remainder.num(), remainder.den().times(quotient).plus(self)));
            nested(remainder.num(), remainder.den(), false).ifPresent(same -> into.add(Constraint.eq(self, same)));
        } else if (atom instanceof Atom.Extremum extremum) {
            for (IntExpr side : List.of(extremum.left(), extremum.right())) {
                into.add(extremum.max() ? Constraint.le(side, self) : Constraint.le(self, side));
            }
        } else if (atom instanceof Atom.Abs absolute) {
            into.add(Constraint.le(absolute.arg(), self));
            into.add(Constraint.le(absolute.arg().negate(), self));
        }
    }

    /** What a quotient or a remainder of a quotient or a remainder is in one step; {@code e} is positive. */
    private Optional<IntExpr> nested(IntExpr num, IntExpr e, boolean div) {
        Atom inner = num.atoms().size() == 1 ? num.atoms().iterator().next() : null;
        if (inner == null || !num.equals(IntExpr.of(inner))) {
            return Optional.empty();
        }
        if (inner instanceof Atom.FloorDiv quotient && div && atLeast(quotient.den(), 1)) {
            return Optional.of(quotient.num().floorDiv(quotient.den().times(e)));
        }
        if (inner instanceof Atom.Mod remainder) {
            IntExpr d = remainder.den().floorDiv(e);
            if (d.times(e).equals(remainder.den()) && atLeast(d, 1)) {
                IntExpr n = remainder.num();
                return Optional.of(div ? n.floorDiv(e).mod(d) : n.mod(e));
            }
        }
        return Optional.empty();
    }

    /** {@code e ≥ bound}, by the least values of its atoms or by a linear proof that looks only into its own atoms. */
    private boolean atLeast(IntExpr e, long bound) {
        if (e.isConstant()) {
            return e.constant() >= bound;
        }
        long least = 0;
        boolean known = true;
        for (Map.Entry<Monomial, Long> term : e.terms().entrySet()) {
            long product = term.getValue();
            known &= product > 0 || term.getKey().factors().isEmpty();
            for (Atom factor : term.getKey().factors()) {
                OptionalLong floor = known ? floor(factor) : OptionalLong.empty();
                known &= floor.isPresent() && floor.getAsLong() >= 0;
                product = Math.multiplyExact(product, floor.orElse(0));
            }
            least = Math.addExact(least, product);
        }
        return known && least >= bound || linearlyAtLeast(e, bound);
    }

    private boolean linearlyAtLeast(IntExpr e, long bound) {
        Constraint below = Constraint.lt(e, IntExpr.of(bound));
        return !points.meet(below) && new Proof(this, List.of(below)).linear(e.atoms());
    }

    /** The least value of an atom that is easily known, such as 1 of a size. */
    OptionalLong floor(Atom atom) {
        OptionalLong known = floors.get(atom);
        if (known == null) {
            known = findFloor(atom);
            floors.put(atom, known);
        }
        return known;
    }

    private OptionalLong findFloor(Atom atom) {
        IntExpr self = IntExpr.of(atom);
        OptionalLong best = OptionalLong.empty();
        for (Constraint c : constraints) {
            IntExpr rest = c.expr().minus(self);
            if (!c.equality() && rest.isConstant()) {
                long bound = Math.negateExact(rest.constant());
                best = OptionalLong.of(Math.max(bound, best.orElse(bound)));
            }
        }
        if (best.isPresent() && best.getAsLong() >= 1) {
            return best;
        }
        for (long bound = 1; bound >= 0; bound--) {
            if (linearlyAtLeast(self, bound)) {
                return OptionalLong.of(bound);
            }
        }
        return best;
    }
}
