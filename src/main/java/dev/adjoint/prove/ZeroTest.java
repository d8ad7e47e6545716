package dev.adjoint.prove;

import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.commons.numbers.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * Whether a value is zero at every point of a domain. First by the coefficients of its products ({@link Extraction}); if
 * these do not all vanish, then in parts: by the places of tensors that occur in no function, by cases of conditions
 * between indices, multiplied by its denominators, and by the summands of its sums.
 */
final class ZeroTest {
    private static final int DEPTH = 4;

    /** What is taken to be other than zero. */
    interface NonZero {
        /** The value without the terms that hold only where such a thing is zero. */
        List<Term> without(List<Term> value, Domain domain);
    }

    private final Algebra algebra;
    private final Families families;
    private final Selectors selectors;
    private final SignCases signs;
    private final NonZero nonZero;
    private final Separation separation;
    private final Extraction extraction;
    private final DataFacts facts;
    private final Fresh fresh;
    private final Budget budget;

    ZeroTest(
            Algebra algebra,
            Families families,
            Selectors selectors,
            Cases cases,
            Separation separation,
            Extraction extraction,
            NonZero nonZero,
            DataFacts facts,
            Fresh fresh,
            Budget budget) {
        this.algebra = algebra;
        this.families = families;
        this.selectors = selectors;
        this.signs = new SignCases(algebra, families, selectors, cases, budget);
        this.nonZero = nonZero;
        this.separation = separation;
        this.extraction = extraction;
        this.facts = facts;
        this.fresh = fresh;
        this.budget = budget;
    }

    /** True only if it is shown; false says only "not shown". */
    boolean isZero(List<Term> value, Domain domain) {
        return isZero(value, domain, DEPTH);
    }

    private boolean isZero(List<Term> start, Domain domain, int depth) {
        List<Term> value = nonZero.without(separation.of(algebra.merged(start), domain), domain);
        if (value.isEmpty() || vanishes(value, domain)) {
            return true;
        }
        if (depth == 0) {
            return false;
        }
        Set<Family> free = freeTensors(value);
        if (!free.isEmpty()) {
            return byPlaces(value, free, domain, depth);
        }
        Constraint cut = outerCondition(value);
        if (cut != null) {
            return byCases(value, cut, domain, depth);
        }
        return bySigns(value, domain, depth)
                || byDenominators(value, domain, depth)
                || bySummands(value, domain, depth);
    }

    /** By the summands of sums over one range. */
    private boolean bySummands(List<Term> value, Domain domain, int depth) {
        for (Summands.Split split : Summands.of(value, fresh)) {
            budget.spend(value.size());
            Domain inside = facts.and(domain, split.range());
            if (isZero(split.summand(), inside, depth - 1) && isZero(split.others(), domain, depth - 1)) {
                return true;
            }
        }
        return false;
    }

    /** {@code v = 0} where {@code a·v = 0} and {@code [a == 0]·v = 0}. */
    private boolean byDenominators(List<Term> value, Domain domain, int depth) {
        Optional<Factor> divisor = Denominators.of(value);
        if (divisor.isEmpty()) {
            return false;
        }
        List<Term> atZero = algebra.times(selectors.zero(families.argument(divisor.get()), domain), value);
        return isZero(atZero, domain, depth - 1)
                && isZero(Denominators.cleared(value, divisor.get(), algebra), domain, depth);
    }

    /** By the cases of what is compared with zero. */
    private boolean bySigns(List<Term> value, Domain domain, int depth) {
        Optional<List<SignCases.Case>> cases = signs.of(value, domain);
        return cases.isPresent() && cases.get().stream().allMatch(c -> isZero(c.value(), domain, depth - 1));
    }

    private boolean vanishes(List<Term> value, Domain domain) {
        try {
            return extraction.isZero(value, domain);
        } catch (Undecided | ArithmeticException cannot) {
            return false;
        }
    }

    // ---- by the places of tensors that no function depends on

    /** Tensors that stand at most once in each term, as they are, and in no argument of a function. */
    private static Set<Family> freeTensors(List<Term> value) {
        Set<Family> free = new LinkedHashSet<>();
        Set<Family> taken = new LinkedHashSet<>();
        for (Term term : value) {
            Set<Family> here = new LinkedHashSet<>();
            for (Factor f : term.factors()) {
                if (f.family().kind() != Family.Kind.ENTRY) {
                    collect(f.family(), taken);
                } else if (!f.power().equals(BigFraction.ONE) || !here.add(f.family())) {
                    taken.add(f.family());
                } else {
                    free.add(f.family());
                }
            }
        }
        free.removeAll(taken);
        return free;
    }

    private static void collect(Family family, Set<Family> into) {
        for (Term term : family.argument()) {
            for (Factor f : term.factors()) {
                if (into.add(f.family())) {
                    collect(f.family(), into);
                }
            }
        }
    }

    private boolean byPlaces(List<Term> value, Set<Family> free, Domain outside, int depth) {
        Map<Set<Family>, List<Term>> groups = new LinkedHashMap<>();
        for (Term term : value) {
            Set<Family> here = new LinkedHashSet<>();
            term.factors().stream().map(Factor::family).filter(free::contains).forEach(here::add);
            groups.computeIfAbsent(here, h -> new ArrayList<>()).add(term);
        }
        for (Map.Entry<Set<Family>, List<Term>> group : groups.entrySet()) {
            Domain domain = outside;
            Map<Family, List<IntExpr>> places = new LinkedHashMap<>();
            for (Family family : group.getKey()) {
                List<IntExpr> place = new ArrayList<>();
                for (int k = 0; k < family.arity(); k++) {
                    String name = fresh.name();
                    place.add(IntExpr.var(name));
                    if (!family.shape().isEmpty()) {
                        domain = domain.and(Range.below(name, family.shape().get(k)));
                    }
                }
                places.put(family, place);
            }
            List<Term> rest = new ArrayList<>();
            for (Term term : group.getValue()) {
                rest.addAll(algebra.tidy(at(term, places)));
            }
            if (!isZero(algebra.merged(rest), domain, depth - 1)) {
                return false;
            }
        }
        return true;
    }

    /** The coefficient of the tensors' entries at the given places. */
    private static Term at(Term term, Map<Family, List<IntExpr>> places) {
        List<Factor> kept = new ArrayList<>();
        List<Constraint> where = new ArrayList<>();
        for (Factor f : term.factors()) {
            List<IntExpr> place = places.get(f.family());
            if (place == null) {
                kept.add(f);
                continue;
            }
            for (int k = 0; k < place.size(); k++) {
                where.add(Constraint.eq(f.index().get(k), place.get(k)));
            }
        }
        return term.withFactors(kept).and(where);
    }

    // ---- by cases

    /** A condition of a term that speaks of no index that it sums over. */
    private static @Nullable Constraint outerCondition(List<Term> value) {
        for (Term term : value) {
            for (Constraint c : term.where()) {
                if (c.expr().variables().stream().noneMatch(term.bound()::contains)) {
                    return c;
                }
            }
        }
        return null;
    }

    private boolean byCases(List<Term> value, Constraint cut, Domain domain, int depth) {
        for (Constraint side : PieceTest.sides(cut)) {
            List<Term> here = new ArrayList<>();
            for (Term term : value) {
                if (side.equals(cut) || !term.where().contains(cut)) {
                    here.add(term.withWhere(
                            term.where().stream().filter(c -> !c.equals(side)).toList()));
                }
            }
            Domain part = facts.and(domain, List.of(side));
            budget.spend(1);
            if (here.isEmpty() || part.isEmpty()) {
                continue;
            }
            Map<String, IntExpr> given = side.equality() ? solution(side) : Map.of();
            if (!isZero(algebra.substitute(algebra.merged(here), given), part, depth)) {
                return false;
            }
        }
        return true;
    }

    /** {@code v = e} from an equality, for the variable that was made last. */
    private static Map<String, IntExpr> solution(Constraint equality) {
        List<String> names = new ArrayList<>(equality.expr().variables());
        names.sort(java.util.Comparator.comparing((String n) -> !n.startsWith("$"))
                .thenComparing(n -> Character.isUpperCase(n.charAt(0))));
        for (String name : names) {
            OptionalLong a = equality.expr().coefficient(name);
            if (a.isPresent() && Math.abs(a.getAsLong()) == 1) {
                IntExpr rest = equality.expr().minus(IntExpr.var(name).times(a.getAsLong()));
                return Map.of(name, rest.times(-a.getAsLong()));
            }
        }
        return Map.of();
    }
}
