package dev.adjoint.prove;

import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * A value as a function of the places of what it multiplies: the coefficient of {@code a[q0]·b[q1]} in
 * {@code Σ_y c(y)·a[f(y)]·b[g(y)]} is {@code Σ_y [f(y) = q0][g(y) = q1]·c(y)}. If all these coefficients vanish, so does
 * the value.
 */
final class Extraction {
    /** More orders of equal factors than these are not averaged over. */
    private static final int MOST_ORDERS = 24;

    private final DataFacts facts;
    private final Fresh fresh;
    private final Budget budget;

    Extraction(DataFacts facts, Fresh fresh, Budget budget) {
        this.facts = facts;
        this.fresh = fresh;
        this.budget = budget;
    }

    /** The entry of a family, to the power 1 or −1 (or a fraction), at a place of its own. */
    private record Slot(Family family, BigFraction power) {}

    /** True only if it is shown that the value is zero at every point of the domain. */
    boolean isZero(List<Term> value, Domain domain) {
        Map<List<Slot>, List<Term>> groups = new LinkedHashMap<>();
        Map<Term, List<List<IntExpr>>> places = new HashMap<>();
        for (Term term : value) {
            List<Factor> units = units(term);
            places.put(term, units.stream().map(Factor::index).toList());
            List<Slot> signature =
                    units.stream().map(f -> new Slot(f.family(), f.power())).toList();
            groups.computeIfAbsent(signature, s -> new ArrayList<>()).add(term);
        }
        for (Map.Entry<List<Slot>, List<Term>> group : groups.entrySet()) {
            if (!isZero(group.getKey(), group.getValue(), places, domain)) {
                return false;
            }
        }
        return true;
    }

    /** {@code a[i]^2} is {@code a[i]·a[i]}. */
    private List<Factor> units(Term term) {
        List<Factor> units = new ArrayList<>();
        for (Factor f : term.factors()) {
            int times = f.isWhole() ? Math.abs(f.power().getNumerator().intValueExact()) : 1;
            budget.spend(times / 8);
            BigFraction unit = f.isWhole() ? BigFraction.of(f.power().signum()) : f.power();
            for (int k = 0; k < times; k++) {
                units.add(f.raised(unit));
            }
        }
        units.sort(Comparator.comparingInt((Factor f) -> f.family().id()).thenComparing(Factor::power));
        return units;
    }

    private boolean isZero(
            List<Slot> signature, List<Term> terms, Map<Term, List<List<IntExpr>>> places, Domain outside) {
        Domain domain = outside;
        List<List<IntExpr>> slots = new ArrayList<>();
        for (int s = 0; s < signature.size(); s++) {
            Family family = signature.get(s).family();
            List<IntExpr> slot = new ArrayList<>();
            for (int k = 0; k < family.arity(); k++) {
                String name = "@" + s + "." + k;
                slot.add(IntExpr.var(name));
                if (!family.shape().isEmpty()) {
                    domain = domain.and(Range.below(name, family.shape().get(k)));
                }
            }
            slots.add(slot);
        }
        List<Piece> pieces = new ArrayList<>();
        for (Term term : terms) {
            List<Constraint> where = new ArrayList<>(term.where());
            List<List<IntExpr>> at = java.util.Objects.requireNonNull(places.get(term));
            for (int s = 0; s < slots.size(); s++) {
                for (int k = 0; k < slots.get(s).size(); k++) {
                    where.add(Constraint.eq(at.get(s).get(k), slots.get(s).get(k)));
                }
            }
            pieces.addAll(Counting.of(
                    new Term(term.coefficient(), List.of(), where, term.bound()), domain, facts, fresh, budget));
        }
        PieceTest test = new PieceTest(facts, budget);
        if (test.isZero(pieces, domain)) {
            return true;
        }
        List<int[]> orders = orders(signature);
        return orders.size() > 1
                && orders.size() <= MOST_ORDERS
                && test.isZero(averaged(pieces, slots, orders), domain);
    }

    /** {@code f(q0, q1)·a[q0]·a[q1]} and {@code f(q1, q0)·a[q0]·a[q1]} have the same sum. */
    private static List<Piece> averaged(List<Piece> pieces, List<List<IntExpr>> slots, List<int[]> orders) {
        List<Piece> all = new ArrayList<>();
        for (int[] order : orders) {
            Map<String, IntExpr> names = new HashMap<>();
            for (int s = 0; s < order.length; s++) {
                for (int k = 0; k < slots.get(s).size(); k++) {
                    names.put(
                            slots.get(s).get(k).asVariable().orElseThrow(),
                            slots.get(order[s]).get(k));
                }
            }
            for (Piece piece : pieces) {
                all.add(new Piece(
                        piece.coefficient().substitute(names),
                        piece.where().stream().map(c -> c.substitute(names)).toList()));
            }
        }
        return all;
    }

    /** The permutations that exchange equal slots only. */
    private static List<int[]> orders(List<Slot> signature) {
        List<int[]> orders = new ArrayList<>();
        permute(signature, new int[signature.size()], 0, new boolean[signature.size()], orders);
        return orders;
    }

    private static void permute(List<Slot> signature, int[] order, int at, boolean[] used, List<int[]> into) {
        if (into.size() > MOST_ORDERS) {
            return;
        }
        if (at == order.length) {
            into.add(order.clone());
            return;
        }
        for (int s = 0; s < order.length; s++) {
            if (!used[s] && signature.get(s).equals(signature.get(at))) {
                used[s] = true;
                order[at] = s;
                permute(signature, order, at + 1, used, into);
                used[s] = false;
            }
        }
    }
}
