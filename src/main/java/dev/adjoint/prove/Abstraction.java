package dev.adjoint.prove;

import dev.adjoint.expr.Position;
import dev.adjoint.index.Atom;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Monomial;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The argument of a function as a function of its place: {@code exp(x[i+1])} is {@code exp(x[@0])} at {@code i+1},
 * {@code max[k](x[p-j+k])} is {@code max[k](x[@0+k])} at {@code p-j}.
 *
 * @param body the argument, over the parameters {@code @0, @1, …}
 * @param index what the parameters are here
 */
record Abstraction(List<Term> body, List<IntExpr> index) {
    static Abstraction of(List<Term> argument, Set<String> sizes) {
        if (argument.stream().allMatch(t -> isPlain(t, sizes))) {
            return overIndices(argument, sizes);
        }
        Abstraction variables = overVariables(argument, sizes);
        return Parting.of(argument, sizes)
                .filter(parts -> parts.index().size() <= variables.index().size())
                .orElse(variables);
    }

    private static boolean isStatic(IntExpr e, Set<String> sizes) {
        return sizes.containsAll(e.variables())
                && e.atoms().stream().noneMatch(a -> a instanceof Winner || a instanceof Position.Entry);
    }

    private static boolean isStatic(Monomial m, Set<String> sizes) {
        return isStatic(IntExpr.of(m, 1), sizes);
    }

    private static boolean hasStaticCoefficient(Term term, Set<String> sizes) {
        return sizes.containsAll(term.coefficient().variables())
                && term.coefficient().numerator().terms().keySet().stream().allMatch(m -> isStatic(m, sizes));
    }

    private static boolean isPlain(Term term, Set<String> sizes) {
        return term.isPlain() && hasStaticCoefficient(term, sizes);
    }

    /** Where nothing is summed over: every index that no size alone gives becomes a parameter. */
    private static Abstraction overIndices(List<Term> argument, Set<String> sizes) {
        List<IntExpr> index = new ArrayList<>();
        List<Term> result = new ArrayList<>();
        for (Term term : argument) {
            List<Factor> factors = new ArrayList<>();
            for (Factor factor : term.factors()) {
                List<IntExpr> places = new ArrayList<>();
                for (IntExpr i : factor.index()) {
                    if (isStatic(i, sizes)) {
                        places.add(i);
                    } else {
                        int k = index.indexOf(i);
                        if (k < 0) {
                            k = index.size();
                            index.add(i);
                        }
                        places.add(IntExpr.var("@" + k));
                    }
                }
                factors.add(new Factor(factor.family(), places, factor.power()));
            }
            result.add(term.withFactors(factors));
        }
        return new Abstraction(result, index);
    }

    /**
     * Of each index and condition {@code f + b}, with f in what is free and b in sizes and what is summed over, f without
     * its content becomes a parameter.
     */
    private static final class Parting {
        private final Set<String> sizes;
        private final List<IntExpr> index = new ArrayList<>();
        private boolean possible = true;

        private Parting(Set<String> sizes) {
            this.sizes = sizes;
        }

        /** Empty where something free and something bound are multiplied, or stand in one quotient. */
        static Optional<Abstraction> of(List<Term> argument, Set<String> sizes) {
            Parting parting = new Parting(sizes);
            List<Term> body = argument.stream().map(parting::term).toList();
            return parting.possible ? Optional.of(new Abstraction(body, parting.index)) : Optional.empty();
        }

        private Term term(Term term) {
            possible &= hasStaticCoefficient(term, sizes);
            List<Factor> factors = term.factors().stream()
                    .map(f -> new Factor(
                            f.family(),
                            f.index().stream().map(i -> part(i, term.bound())).toList(),
                            f.power()))
                    .toList();
            return term.withFactors(factors)
                    .withWhere(term.where().stream()
                            .map(c -> new Constraint(part(c.expr(), term.bound()), c.equality()))
                            .toList());
        }

        private IntExpr part(IntExpr e, List<String> bound) {
            IntExpr free = IntExpr.ZERO;
            for (Map.Entry<Monomial, Long> each : e.terms().entrySet()) {
                Monomial monomial = each.getKey();
                IntExpr term = IntExpr.of(monomial, each.getValue());
                if (term.variables().stream().noneMatch(bound::contains)) {
                    free = isStatic(monomial, sizes) ? free : free.plus(term);
                } else {
                    possible &= term.variables().stream().allMatch(n -> bound.contains(n) || sizes.contains(n));
                }
            }
            return free.equals(IntExpr.ZERO) ? e : e.minus(free).plus(parameter(free));
        }

        private IntExpr parameter(IntExpr free) {
            long content = 0;
            for (long c : free.terms().values()) {
                content = BigInteger.valueOf(content).gcd(BigInteger.valueOf(c)).longValueExact();
            }
            IntExpr part = IntExpr.ZERO;
            for (Map.Entry<Monomial, Long> each : free.terms().entrySet()) {
                part = part.plus(IntExpr.of(each.getKey(), each.getValue() / content));
            }
            int opposite = index.indexOf(part.negate());
            if (opposite >= 0) {
                return IntExpr.var("@" + opposite).times(-content);
            }
            int k = index.indexOf(part);
            if (k < 0) {
                k = index.size();
                index.add(part);
            }
            return IntExpr.var("@" + k).times(content);
        }
    }

    /** Every variable becomes a parameter, and every quotient and other atom of free variables as a whole. */
    private static Abstraction overVariables(List<Term> argument, Set<String> sizes) {
        Set<Atom> atoms = new LinkedHashSet<>();
        argument.forEach(term -> atoms.addAll(freeAtoms(term, sizes)));
        // What stands within another goes after it, or the other would not be found any more.
        List<Atom> inOrder = new ArrayList<>(atoms);
        inOrder.sort(Comparator.comparingInt(Abstraction::depth).reversed());
        List<IntExpr> index = new ArrayList<>();
        List<Term> result = argument;
        for (Atom atom : inOrder) {
            Replacement by = new Replacement(atom, IntExpr.var("@" + index.size()));
            index.add(IntExpr.of(atom));
            result = result.stream().map(by::in).toList();
        }
        return new Abstraction(result, index);
    }

    private static int depth(Atom atom) {
        return Replacement.parts(atom).stream()
                .flatMap(part -> part.atoms().stream())
                .mapToInt(inner -> 1 + depth(inner))
                .max()
                .orElse(0);
    }

    /** The outermost atoms of a term's indices, conditions and coefficient that are no sizes and hold nothing bound. */
    private static Set<Atom> freeAtoms(Term term, Set<String> sizes) {
        Set<Atom> atoms = new LinkedHashSet<>();
        term.factors().forEach(f -> f.index().forEach(i -> collect(i, term.bound(), sizes, atoms)));
        term.where().forEach(c -> collect(c.expr(), term.bound(), sizes, atoms));
        term.coefficient()
                .numerator()
                .terms()
                .keySet()
                .forEach(m -> collect(IntExpr.of(m, 1), term.bound(), sizes, atoms));
        term.coefficient()
                .denominators()
                .forEach(d -> d.terms().keySet().forEach(m -> collect(IntExpr.of(m, 1), term.bound(), sizes, atoms)));
        return atoms;
    }

    private static void collect(IntExpr e, List<String> bound, Set<String> sizes, Set<Atom> into) {
        for (Atom atom : e.atoms()) {
            Set<String> names = IntExpr.of(atom).variables();
            boolean free = names.stream().noneMatch(bound::contains);
            if (free && !isStatic(IntExpr.of(atom), sizes)) {
                into.add(atom);
            } else if (!free) {
                for (IntExpr part : Replacement.parts(atom)) {
                    collect(part, bound, sizes, into);
                }
            }
        }
    }
}
