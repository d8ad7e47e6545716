package dev.adjoint.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    /** True only if there is no integer point. One that is known, or found, ends the attempt. */
    boolean refuted() {
        try {
            return refuted(new int[] {SPLITS});
        } catch (ArithmeticException overflow) {
            return false;
        }
    }

    private boolean refuted(int[] splits) {
        if (premises.points().find(premises, assumptions, 0, 1)) {
            return false;
        }
        List<Constraint> known = base();
        addFacts(known, atoms(known), Integer.MAX_VALUE);
        if (contradictory(known)) {
            return true;
        }
        if (premises.points().find(premises, assumptions, 1, Points.RESTARTS)) {
            return false;
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

    /**
     * The linear attempt alone, knowing only the facts about these atoms and those that are nested no deeper: what holds
     * of an atom is found by what holds of its parts, so that the search ends.
     */
    boolean linear(Collection<Atom> about) {
        try {
            List<Constraint> known = base();
            addFacts(known, about, about.stream().mapToInt(Proof::depth).max().orElse(0));
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

    /** Adds the facts about the given atoms, and about those that the facts bring if they are nested no deeper. */
    private void addFacts(List<Constraint> known, Collection<Atom> about, int deepest) {
        Set<Atom> done = new HashSet<>();
        Collection<Atom> next = about;
        while (!next.isEmpty()) {
            List<Constraint> added = new ArrayList<>();
            for (Atom atom : next) {
                if (depth(atom) <= deepest && done.add(atom)) {
                    added.addAll(premises.facts(atom));
                }
            }
            known.addAll(added);
            next = atoms(added);
        }
    }

    /** How deep quotients, remainders, extrema and absolute values stand within one another; 0 of any other atom. */
    private static int depth(Atom atom) {
        int deepest = -1;
        for (IntExpr part : atom.parts()) {
            deepest = Math.max(deepest, 0);
            for (Atom inner : part.atoms()) {
                deepest = Math.max(deepest, depth(inner));
            }
        }
        return deepest + 1;
    }

    private static Set<Atom> atoms(List<Constraint> constraints) {
        Set<Atom> atoms = new LinkedHashSet<>();
        for (Constraint c : constraints) {
            Terms terms = c.expr().table();
            for (int k = 0; k < terms.size(); k++) {
                atoms.addAll(terms.monomial(k).factors());
            }
        }
        return atoms;
    }

    private static boolean contradictory(List<Constraint> constraints) {
        Map<Monomial, Integer> columns = new HashMap<>();
        for (Constraint c : constraints) {
            Terms terms = c.expr().table();
            for (int k = 0; k < terms.size(); k++) {
                Monomial monomial = terms.monomial(k);
                if (!monomial.factors().isEmpty() && !columns.containsKey(monomial)) {
                    columns.put(monomial, columns.size() + 1);
                }
            }
        }
        List<long[]> inequalities = new ArrayList<>();
        List<long[]> equalities = new ArrayList<>();
        for (Constraint c : constraints) {
            long[] row = new long[columns.size() + 1];
            Terms terms = c.expr().table();
            for (int k = 0; k < terms.size(); k++) {
                row[columns.getOrDefault(terms.monomial(k), 0)] = terms.coefficient(k);
            }
            (c.equality() ? equalities : inequalities).add(row);
        }
        return Elimination.solve(inequalities, equalities, columns.size()) == Elimination.Verdict.CONTRADICTION;
    }
}
