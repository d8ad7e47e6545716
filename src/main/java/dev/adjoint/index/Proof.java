package dev.adjoint.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attempt to show that premises and assumptions have no integer point in common: first linearly, each distinct
 * monomial a variable; then with {@link Products}; then by cases, {@code max(a, b) = a} where {@code a ≥ b} and
 * {@code b} where {@code b > a}, likewise {@code min} and {@code abs}.
 */
final class Proof {
    private static final int SPLITS = 8;
    private static final int ROUNDS = 2;

    private final Premises premises;
    private final List<Constraint> assumptions;
    private final Set<Atom> split;

    /** Without assumptions, all the premises are looked at. */
    Proof(Premises premises, List<Constraint> assumptions) {
        this(premises, assumptions, Set.of());
    }

    private Proof(Premises premises, List<Constraint> assumptions, Set<Atom> split) {
        this.premises = premises;
        this.assumptions = assumptions;
        this.split = split;
    }

    /** True only if there is no integer point. */
    boolean refuted() {
        try {
            return refuted(new int[] {SPLITS});
        } catch (ArithmeticException overflow) {
            return false;
        }
    }

    private boolean refuted(int[] splits) {
        List<Constraint> known = base();
        addFacts(known, null);
        if (contradictory(known)) {
            return true;
        }
        for (int rounds = 0; rounds <= ROUNDS; rounds += ROUNDS) {
            List<Constraint> products = Products.of(known, premises, rounds);
            if (!products.isEmpty()) {
                List<Constraint> all = new ArrayList<>(known);
                all.addAll(products);
                if (contradictory(all)) {
                    return true;
                }
            }
        }
        for (Atom atom : atoms(known)) {
            if ((atom instanceof Atom.Extremum || atom instanceof Atom.Abs) && !split.contains(atom)) {
                return splits[0]-- > 0 && cases(atom, splits);
            }
        }
        return false;
    }

    private boolean cases(Atom atom, int[] splits) {
        IntExpr self = IntExpr.of(atom);
        IntExpr left;
        IntExpr right;
        boolean max = true;
        if (atom instanceof Atom.Extremum extremum) {
            max = extremum.max();
            left = extremum.left();
            right = extremum.right();
        } else {
            left = ((Atom.Abs) atom).arg();
            right = left.negate();
        }
        return with(atom, Constraint.eq(self, left), max ? Constraint.le(right, left) : Constraint.le(left, right))
                        .refuted(splits)
                && with(atom, Constraint.eq(self, right), max ? Constraint.lt(left, right) : Constraint.lt(right, left))
                        .refuted(splits);
    }

    private Proof with(Atom atom, Constraint... more) {
        List<Constraint> assumed = new ArrayList<>(assumptions);
        assumed.addAll(List.of(more));
        Set<Atom> done = new HashSet<>(split);
        done.add(atom);
        return new Proof(premises, assumed, done);
    }

    /** The linear attempt alone, knowing only the facts about these atoms and those within them. */
    boolean linear(Collection<Atom> about) {
        try {
            List<Constraint> known = base();
            addFacts(known, about);
            return contradictory(known);
        } catch (ArithmeticException overflow) {
            return false;
        }
    }

    private List<Constraint> base() {
        List<Constraint> base = new ArrayList<>(assumptions);
        base.addAll(assumptions.isEmpty() ? premises.constraints() : premises.connected(assumptions));
        return base;
    }

    /** Adds the facts about the given atoms, or about all; and about those that the facts bring. */
    private void addFacts(List<Constraint> known, @Nullable Collection<Atom> about) {
        Set<Atom> done = new HashSet<>();
        Collection<Atom> next = about == null ? atoms(known) : about;
        while (!next.isEmpty()) {
            List<Constraint> added = new ArrayList<>();
            for (Atom atom : next) {
                if (done.add(atom)) {
                    added.addAll(premises.facts(atom));
                }
            }
            known.addAll(added);
            next = atoms(added);
        }
    }

    private static Set<Atom> atoms(List<Constraint> constraints) {
        Set<Atom> atoms = new LinkedHashSet<>();
        constraints.forEach(c -> atoms.addAll(c.expr().atoms()));
        return atoms;
    }

    private static boolean contradictory(List<Constraint> constraints) {
        Map<Monomial, Integer> columns = new LinkedHashMap<>();
        List<long[]> inequalities = new ArrayList<>();
        List<long[]> equalities = new ArrayList<>();
        for (Constraint c : constraints) {
            for (Monomial monomial : c.expr().terms().keySet()) {
                if (!monomial.factors().isEmpty()) {
                    columns.putIfAbsent(monomial, columns.size() + 1);
                }
            }
        }
        for (Constraint c : constraints) {
            long[] row = new long[columns.size() + 1];
            c.expr().terms().forEach((m, coefficient) -> row[columns.getOrDefault(m, 0)] = coefficient);
            (c.equality() ? equalities : inequalities).add(row);
        }
        return Elimination.solve(inequalities, equalities, columns.size()) == Elimination.Verdict.CONTRADICTION;
    }
}
