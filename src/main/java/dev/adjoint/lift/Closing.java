package dev.adjoint.lift;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Rel;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * From the law of one iteration to that of the whole loop: accumulation becomes a sum, assignment the value of the last
 * iteration that writes, a running maximum a maximum.
 */
final class Closing {
    private final Range v;
    private final boolean descending;
    private final Domain outside;
    private final Facts facts;
    /** What changes from one iteration to the next: the names of former contents. */
    private final Set<String> carried;

    private final List<Best> bests = new ArrayList<>();

    Closing(Range v, boolean descending, Domain outside, Facts facts, Set<String> carried) {
        this.v = v;
        this.descending = descending;
        this.outside = outside;
        this.facts = facts;
        this.carried = new HashSet<>(carried);
    }

    /** Makes running maxima known, so that what follows them can be closed. */
    void prepare(List<Law> laws) {
        laws.forEach(law -> Best.of(law, v.name(), carried).ifPresent(bests::add));
    }

    /** The law of the whole loop; empty if it is no reduction and no assignment whose last writer is known. */
    Optional<Content> close(Law law) {
        Domain domain = domain(law);
        Optional<Content> plain = known(law) ? assigned(law, domain) : Optional.empty();
        if (plain.isPresent()) {
            return plain;
        }
        for (Best best : bests) {
            if (best.law().equals(law)) {
                return Optional.of(best.closed(v));
            }
        }
        Optional<Content> followed = followers(law);
        if (followed.isPresent()) {
            return followed;
        }
        return product(law).or(() -> pointwise(law, domain));
    }

    private Domain domain(Law law) {
        Domain domain = outside;
        for (int k = 0; k < law.extents().size(); k++) {
            domain = domain.and(Range.below(Content.q(k), law.extents().get(k)));
        }
        return domain;
    }

    private boolean known(Law law) {
        return law.content().cases().stream().allMatch(this::known)
                && law.content().added().stream().allMatch(t -> isFree(Law.names(t)));
    }

    private boolean known(Content.Case c) {
        return isFree(Law.names(c));
    }

    private boolean isFree(Set<String> names) {
        return names.stream().noneMatch(carried::contains);
    }

    // ---- assignments and sums

    /** How the cases of a law find their last writer, which may be the sole one. */
    private record Closed(Content.Case before, Content.Case after, Optional<IntExpr> writer, boolean sole) {}

    private Optional<Content> assigned(Law law, Domain domain) {
        List<Closed> closed = new ArrayList<>();
        for (Content.Case each : law.content().cases()) {
            Optional<Closed> one = close(each, domain);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            closed.add(one.get());
        }
        if (!isOrdered(closed, domain)) {
            return Optional.empty();
        }
        List<Content.Case> cases = new ArrayList<>();
        closed.forEach(c -> cases.add(c.after()));
        List<Term> added = new ArrayList<>();
        for (Term term : law.content().added()) {
            Optional<List<Term>> sums = sums(term, closed, domain);
            if (sums.isEmpty()) {
                return Optional.empty();
            }
            added.addAll(sums.get());
        }
        added.removeIf(Term::isNever);
        cases.removeIf(c -> c.conditions().contains(Cond.FALSE));
        return Optional.of(new Content(law.content().rank(), cases, added, law.self()));
    }

    /** The sum of what is added, without what a later iteration overwrites. */
    private Optional<List<Term>> sums(Term term, List<Closed> closed, Domain domain) {
        Term counted = term;
        for (Closed each : closed) {
            List<Cond> region = each.before().conditions();
            if (term.conditions().containsAll(region) && each.sole()) {
                continue;
            }
            Domain both = Conditions.assume(domain.and(v), each.after().conditions(), facts);
            if (Conditions.assume(both, term.conditions(), facts).isEmpty()) {
                continue;
            }
            if (each.writer().isEmpty()) {
                if (closed.size() > 1 || !term.conditions().containsAll(region)) {
                    return Optional.empty();
                }
                Term last = term.substitute(Map.of(v.name(), last()));
                return Optional.of(List.of(last.where(List.of(runs())).simplify(domain, facts)));
            }
            Cond later = Cond.ints(
                    descending ? Rel.LE : Rel.GE, v.index(), each.writer().get());
            Cond elsewhere = Conditions.not(Cond.and(each.after().conditions()));
            counted = counted.where(List.of(Cond.or(List.of(elsewhere, later))));
        }
        return Optional.of(List.of(counted.over(v, domain, facts)));
    }

    private IntExpr last() {
        return descending ? v.lo() : v.hi().minus(1);
    }

    private Cond runs() {
        return Cond.ints(Rel.LT, v.lo(), v.hi());
    }

    /** The last iteration in which a case writes, as a function of where it writes. */
    private Optional<Closed> close(Content.Case each, Domain domain) {
        List<Cond> conditions = each.conditions();
        boolean varies = conditions.stream().anyMatch(c -> Variables.of(c).contains(v.name()));
        if (!varies) {
            Content.Case at = each.substitute(Map.of(v.name(), last()));
            return Optional.of(new Closed(each, with(List.of(runs()), at, domain), Optional.empty(), false));
        }
        for (int k = 0; k < conditions.size(); k++) {
            Optional<Solution> solution = solve(k, conditions, domain);
            if (solution.isPresent()) {
                List<Cond> rest = new ArrayList<>(conditions);
                rest.removeAll(solution.get().used());
                Content.Case at = new Content.Case(rest, each.value())
                        .substitute(Map.of(v.name(), solution.get().writer()));
                List<Cond> where = new ArrayList<>(solution.get().where());
                where.addAll(Cond.conjuncts(Cond.within(v.lo(), solution.get().writer(), v.hi())));
                return Optional.of(new Closed(
                        each,
                        with(where, at, domain),
                        Optional.of(solution.get().writer()),
                        true));
            }
        }
        return interval(each, domain);
    }

    /** Where the iterations that write are all between two bounds: the last of them. */
    private Optional<Closed> interval(Content.Case each, Domain domain) {
        IntExpr last = last();
        for (Cond c : each.conditions()) {
            if (Variables.of(c).contains(v.name())) {
                Optional<Constraint> constraint = c instanceof Cond.Ints ints ? ints.constraint() : Optional.empty();
                OptionalLong factor = constraint
                        .filter(x -> !x.equality())
                        .map(x -> x.expr().coefficient(v.name()))
                        .orElse(OptionalLong.empty());
                if (factor.isEmpty() || Math.abs(factor.getAsLong()) != 1) {
                    return Optional.empty();
                }
                IntExpr e = constraint.get().expr();
                boolean below = factor.getAsLong() < 0;
                if (below != descending) {
                    IntExpr bound = below ? e.plus(v.index()) : v.index().minus(e);
                    last = descending ? last.max(bound) : last.min(bound);
                }
            }
        }
        IntExpr writer = domain.simplify(last);
        Content.Case at = each.substitute(Map.of(v.name(), writer));
        List<Cond> where = Cond.conjuncts(Cond.within(v.lo(), writer, v.hi()));
        return Optional.of(new Closed(each, with(where, at, domain), Optional.of(writer), false));
    }

    /** The only iteration that can write, the conditions that said so, and what is left of them. */
    private record Solution(IntExpr writer, List<Cond> used, List<Cond> where) {}

    private Optional<Solution> solve(int k, List<Cond> conditions, Domain domain) {
        Cond c = conditions.get(k);
        Optional<IntExpr> root = Term.root(c, v.name());
        if (root.isPresent()) {
            return Optional.of(new Solution(root.get(), List.of(c), List.of()));
        }
        if (!(c instanceof Cond.Ints ints)) {
            return Optional.empty();
        }
        IntExpr difference = ints.left().minus(ints.right());
        IntExpr rest = difference.substitute(v.name(), IntExpr.ZERO);
        IntExpr factor = difference.minus(rest).substitute(v.name(), IntExpr.ONE);
        boolean linear = difference.equals(rest.plus(factor.times(v.index())))
                && !factor.variables().contains(v.name());
        if (!linear) {
            return Optional.empty();
        }
        if (ints.rel() == Rel.EQ) {
            boolean positive = domain.impliesLe(IntExpr.ONE, factor);
            if (!positive && !domain.impliesLe(factor, IntExpr.of(-1))) {
                return Optional.empty();
            }
            IntExpr by = positive ? factor : factor.negate();
            IntExpr of = positive ? rest.negate() : rest;
            return Optional.of(new Solution(
                    domain.simplify(of.floorDiv(by)), List.of(c), List.of(Cond.eq(of.mod(by), IntExpr.ZERO))));
        }
        return quotient(c, ints, conditions, domain);
    }

    /** {@code 0 <= e - n*v < n} has the one solution {@code v = e div n}. */
    private Optional<Solution> quotient(Cond c, Cond.Ints low, List<Cond> conditions, Domain domain) {
        if (low.rel() != Rel.LE || !low.left().isZero()) {
            return Optional.empty();
        }
        IntExpr rest = low.right().substitute(v.name(), IntExpr.ZERO);
        IntExpr step = rest.minus(low.right()).substitute(v.name(), IntExpr.ONE);
        Cond high = new Cond.Ints(Rel.LT, low.right(), step);
        if (!conditions.contains(high) || !domain.impliesLe(IntExpr.ONE, step)) {
            return Optional.empty();
        }
        return Optional.of(new Solution(domain.simplify(rest.floorDiv(step)), List.of(c, high), List.of()));
    }

    private Content.Case with(List<Cond> where, Content.Case each, Domain domain) {
        Cond all = Conditions.simplify(domain, Cond.and(Term.concat(where, each.conditions())), facts);
        return new Content.Case(all.equals(Cond.FALSE) ? List.of(Cond.FALSE) : Cond.conjuncts(all), each.value());
    }

    /** Whether of two cases of one iteration the first also wins over the second of another. */
    private boolean isOrdered(List<Closed> closed, Domain domain) {
        for (int a = 0; a < closed.size(); a++) {
            for (int b = a + 1; b < closed.size(); b++) {
                if (closed.get(a).writer().equals(closed.get(b).writer())) {
                    continue;
                }
                Domain both = Conditions.assume(domain, closed.get(a).after().conditions(), facts);
                if (!Conditions.assume(both, closed.get(b).after().conditions(), facts)
                        .isEmpty()) {
                    return false;
                }
            }
        }
        return true;
    }

    // ---- what follows a maximum; products; one visit to each entry

    private Optional<Content> followers(Law law) {
        if (!law.content().added().isEmpty() || law.content().cases().isEmpty()) {
            return Optional.empty();
        }
        List<Content.Case> cases = new ArrayList<>();
        for (Content.Case each : law.content().cases()) {
            Optional<Content.Case> closed = bests.stream()
                    .map(b -> b.follower(each, v, descending, carried))
                    .flatMap(Optional::stream)
                    .findFirst();
            if (closed.isEmpty()) {
                return Optional.empty();
            }
            cases.add(closed.get());
        }
        return cases.size() == 1
                ? Optional.of(new Content(law.content().rank(), cases, List.of(), law.self()))
                : Optional.empty();
    }

    /** {@code self = self * g} in every iteration. */
    private Optional<Content> product(Law law) {
        if (law.content().cases().size() != 1 || !law.content().added().isEmpty()) {
            return Optional.empty();
        }
        Content.Case only = law.content().cases().get(0);
        boolean fixed =
                only.conditions().stream().noneMatch(c -> Variables.of(c).contains(v.name()) || !isFree(Law.names(c)));
        if (!fixed || !(only.value() instanceof Expr.Mul mul)) {
            return Optional.empty();
        }
        List<Expr> rest = new ArrayList<>(mul.factors());
        if (!rest.remove(law.self()) || !isFree(Law.names(Exprs.mul(rest)))) {
            return Optional.empty();
        }
        Expr all = Exprs.reduce(Expr.Reduce.Kind.PROD, List.of(v), Exprs.mul(rest));
        Content.Case closed = new Content.Case(only.conditions(), Exprs.mul(law.self(), all));
        return Optional.of(new Content(law.content().rank(), List.of(closed), List.of(), law.self()));
    }

    /** Each entry changes in one iteration at most: what it was before that iteration, it was before the loop. */
    private Optional<Content> pointwise(Law law, Domain domain) {
        Set<String> others = new HashSet<>(carried);
        others.remove(SelfReads.name(law.self()));
        List<Content.Case> cases = new ArrayList<>();
        Optional<IntExpr> writer = Optional.empty();
        for (Content.Case each : law.content().cases()) {
            Optional<Closed> closed = isOwn(each, law, others) ? close(each, domain) : Optional.empty();
            if (closed.isEmpty() || !closed.get().sole()) {
                return Optional.empty();
            }
            if (writer.isPresent() && !writer.equals(closed.get().writer())) {
                return Optional.empty();
            }
            writer = closed.get().writer();
            cases.add(closed.get().after());
        }
        List<Term> added = new ArrayList<>();
        for (Term term : law.content().added()) {
            Content.Case as = new Content.Case(term.conditions(), term.expr());
            if (!isOwn(as, law, others)) {
                return Optional.empty();
            }
            Optional<IntExpr> root = term.conditions().stream()
                    .map(c -> Term.root(c, v.name()))
                    .flatMap(Optional::stream)
                    .filter(r -> r.variables().stream().noneMatch(term.names()::contains))
                    .findFirst();
            if (root.isEmpty() || writer.isPresent() && !writer.equals(root)) {
                return Optional.empty();
            }
            writer = root;
            added.add(term.over(v, domain, facts));
        }
        return Optional.of(new Content(law.content().rank(), cases, added, law.self()));
    }

    /** Whether of all that changes it uses only what stood at its own index. */
    private boolean isOwn(Content.Case each, Law law, Set<String> others) {
        if (Law.names(each).stream().anyMatch(others::contains)) {
            return false;
        }
        boolean[] own = {true};
        SelfReads reads = new SelfReads(law.self(), index -> {
            own[0] &= index.equals(Content.index(law.content().rank()));
            return law.self();
        });
        reads.expr(each.value());
        each.conditions().forEach(reads::cond);
        return own[0];
    }

    /** The running maxima without axes. */
    List<Law> scalarBests() {
        return bests.stream()
                .map(Best::law)
                .filter(law -> law.extents().isEmpty())
                .toList();
    }
}
