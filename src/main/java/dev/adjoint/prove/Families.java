package dev.adjoint.prove;

import dev.adjoint.expr.Ref;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The tensors and functions that values are made of. Functions of equal arguments are one family: equal by their texts,
 * or else by the zero test at the place where they are used.
 */
final class Families {
    /** More permutations of an argument's indices than these are not tried. */
    private static final int PARAMETERS_TRIED = 3;

    /** Whether two values are shown to be equal at every point of a domain. */
    interface Equality {
        boolean holds(List<Term> left, List<Term> right, Domain scope);
    }

    private final Set<String> sizes;
    private final Canon canon;
    private final Fresh fresh;
    private final Equality equality;
    private final Map<Object, Family> known = new LinkedHashMap<>();
    private final Map<String, List<Family>> bySkeleton = new HashMap<>();
    private int next;

    Families(Set<String> sizes, Canon canon, Fresh fresh, Equality equality) {
        this.sizes = sizes;
        this.canon = canon;
        this.fresh = fresh;
        this.equality = equality;
    }

    Family entry(Ref ref, List<IntExpr> shape) {
        return known.computeIfAbsent(
                ref,
                r -> new Family(
                        next++, Family.Kind.ENTRY, ref.toString(), shape.size(), Optional.of(ref), shape, List.of()));
    }

    /** A tensor without bounds, whose entries stand for the places of a window. */
    Family probe(int arity) {
        return known.computeIfAbsent(
                List.of("probe", arity),
                r -> new Family(next++, Family.Kind.ENTRY, "probe", arity, Optional.empty(), List.of(), List.of()));
    }

    /** A function without argument, as pi. */
    Family constant(String name) {
        return known.computeIfAbsent(
                List.of("constant", name),
                r -> new Family(next++, Family.Kind.FUNCTION, name, 0, Optional.empty(), List.of(), List.of()));
    }

    /** {@code function(argument)} as an entry of a family, at a place where {@code scope} holds. */
    Factor closure(Family.Kind kind, String name, List<Term> argument, Domain scope) {
        Abstraction abstraction = Abstraction.of(argument, sizes);
        Canon.Key key = canon.key(abstraction.body());
        Map<String, IntExpr> numbers = new HashMap<>();
        List<IntExpr> ordered = new ArrayList<>();
        for (int k = 0; k < key.parameters().size(); k++) {
            String parameter = key.parameters().get(k);
            if (!parameter.startsWith("@")) {
                throw new IllegalStateException("no parameter took the place of " + parameter + " in " + argument);
            }
            numbers.put(parameter, IntExpr.var(Family.parameter(k)));
            ordered.add(abstraction.index().get(Integer.parseInt(parameter.substring(1))));
        }
        List<Object> identity = List.of(kind, name, key.text());
        Family found = known.get(identity);
        if (found != null) {
            return new Factor(found, ordered);
        }
        List<Term> body = key.sorted().stream()
                .map(t -> t.substitute(numbers).renamed(fresh))
                .toList();
        String skeleton = skeleton(kind, name, body);
        List<Family> alike = bySkeleton.computeIfAbsent(skeleton, s -> new ArrayList<>());
        for (Family family : alike) {
            Optional<Factor> same = match(family, ordered, body, scope);
            if (same.isPresent()) {
                return same.get();
            }
        }
        Family made = new Family(next++, kind, name, ordered.size(), Optional.empty(), List.of(), body);
        known.put(identity, made);
        alike.add(made);
        return new Factor(made, ordered);
    }

    private static String skeleton(Family.Kind kind, String name, List<Term> body) {
        Set<String> families = new java.util.TreeSet<>();
        body.forEach(t -> t.factors().forEach(f -> families.add(f.family().id() + "." + f.family())));
        return kind + name + families;
    }

    private Optional<Factor> match(Family family, List<IntExpr> index, List<Term> body, Domain scope) {
        if (family.arity() != index.size()) {
            return Optional.empty();
        }
        List<Term> here = instantiate(body, index);
        Set<List<IntExpr>> orders = new LinkedHashSet<>();
        anchored(family, here).ifPresent(orders::add);
        if (index.size() <= PARAMETERS_TRIED) {
            orders.addAll(permutations(index));
        }
        for (List<IntExpr> order : orders) {
            if (equality.holds(instantiate(family.argument(), order), here, scope)) {
                return Optional.of(new Factor(family, order));
            }
        }
        return Optional.empty();
    }

    /**
     * The indices at which a family's argument begins with the same entries: {@code f(x[#0+1])} is {@code f(x[3-i])} at
     * {@code 2-i}.
     */
    private static Optional<List<IntExpr>> anchored(Family family, List<Term> here) {
        Map<String, IntExpr> found = new HashMap<>();
        for (int t = 0; t < Math.min(family.argument().size(), here.size()); t++) {
            Term there = family.argument().get(t);
            Term term = here.get(t);
            for (int f = 0; f < Math.min(there.factors().size(), term.factors().size()); f++) {
                Factor a = there.factors().get(f);
                Factor b = term.factors().get(f);
                for (int k = 0; a.family() == b.family() && k < a.index().size(); k++) {
                    anchor(
                            start(a.index().get(k), there.bound()),
                            start(b.index().get(k), term.bound()),
                            found);
                }
            }
        }
        List<IntExpr> index = new ArrayList<>();
        for (int k = 0; k < family.arity(); k++) {
            IntExpr value = found.get(Family.parameter(k));
            if (value == null) {
                return Optional.empty();
            }
            index.add(value);
        }
        return Optional.of(index);
    }

    /** Where an index begins: what is summed over at 0. */
    private static IntExpr start(IntExpr e, List<String> bound) {
        Map<String, IntExpr> zeros = new HashMap<>();
        bound.forEach(name -> zeros.put(name, IntExpr.ZERO));
        return e.substitute(zeros);
    }

    /** From {@code ±#k + r = b}. */
    private static void anchor(IntExpr a, IntExpr b, Map<String, IntExpr> found) {
        List<String> parameters =
                a.variables().stream().filter(n -> n.startsWith("#")).toList();
        OptionalLong c = parameters.size() == 1 ? a.coefficient(parameters.get(0)) : OptionalLong.empty();
        if (c.isPresent() && Math.abs(c.getAsLong()) == 1) {
            IntExpr rest = a.minus(IntExpr.var(parameters.get(0)).times(c.getAsLong()));
            found.putIfAbsent(parameters.get(0), b.minus(rest).times(c.getAsLong()));
        }
    }

    private static List<List<IntExpr>> permutations(List<IntExpr> list) {
        if (list.isEmpty()) {
            return List.of(List.of());
        }
        List<List<IntExpr>> all = new ArrayList<>();
        for (int k = 0; k < list.size(); k++) {
            List<IntExpr> rest = new ArrayList<>(list);
            IntExpr first = rest.remove(k);
            for (List<IntExpr> tail : permutations(rest)) {
                List<IntExpr> order = new ArrayList<>(List.of(first));
                order.addAll(tail);
                all.add(order);
            }
        }
        return all;
    }

    /** The argument of a function at the entry that the factor names. */
    List<Term> argument(Factor factor) {
        return instantiate(factor.family().argument(), factor.index());
    }

    private List<Term> instantiate(List<Term> body, List<IntExpr> index) {
        Map<String, IntExpr> values = new HashMap<>();
        for (int k = 0; k < index.size(); k++) {
            values.put(Family.parameter(k), index.get(k));
        }
        return body.stream()
                .map(t -> t.renamed(fresh).substitute(values))
                .filter(t -> !t.coefficient().isZero())
                .toList();
    }
}
