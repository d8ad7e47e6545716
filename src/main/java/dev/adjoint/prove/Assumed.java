package dev.adjoint.prove;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.numbers.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites values by what the layer assumes of its data. Of {@code c·Σ_y a(y) + rest = 0}, the first term with the most
 * sums and factors, c a number: wherever {@code Σ_y a(y)·b} stands and b does not depend on y, it is {@code −rest·b/c}.
 */
final class Assumed {
    /** Rewritings of one value; laws that go on for longer undo each other. */
    private static final int MOST = 40;

    private final Algebra algebra;
    private final Fresh fresh;
    private final Budget budget;
    private final List<Rule> rules = new ArrayList<>();

    Assumed(Algebra algebra, Fresh fresh, Budget budget) {
        this.algebra = algebra;
        this.fresh = fresh;
        this.budget = budget;
    }

    /** {@code lead = Σ equal}, for all values of what is open. */
    private record Rule(List<Range> open, Term lead, List<Term> equal) {}

    /** Reads a law; one whose first term has no number before it says nothing here. */
    void add(ValueLaw law, Domain known, Normal normal) {
        Domain scope = known;
        for (Range range : law.everywhere()) {
            scope = scope.and(range);
        }
        List<Term> value = law.condition() instanceof Cond.Values v && v.rel() == Rel.EQ
                ? algebra.minus(normal.value(v.left(), scope), normal.value(v.right(), scope))
                : algebra.minus(normal.value(new Expr.Iverson(law.condition()), scope), Algebra.one());
        Term lead = value.stream().max(Comparator.comparing(Assumed::weight)).orElse(null);
        if (lead == null || lead.factors().isEmpty() || !lead.coefficient().isConstant()) {
            return;
        }
        BigFraction by = lead.coefficient().constant().reciprocal().negate();
        List<Term> others = value.stream().filter(t -> t != lead).toList();
        Term unit = new Term(Ratio.ONE, lead.factors(), lead.where(), lead.bound());
        rules.add(new Rule(law.everywhere(), unit, algebra.scaled(others, by)));
    }

    private static BigFraction weight(Term term) {
        BigFraction degree = BigFraction.of(100L * term.bound().size());
        for (Factor f : term.factors()) {
            degree = degree.add(f.power());
        }
        return degree;
    }

    /** The same value, by the laws, at a place where {@code scope} holds. */
    List<Term> applied(List<Term> value, Domain scope) {
        List<Term> current = value;
        for (int k = 0; k < MOST && !rules.isEmpty(); k++) {
            List<Term> next = step(current, scope);
            if (next == null) {
                return current;
            }
            current = next;
        }
        return current;
    }

    private @Nullable List<Term> step(List<Term> value, Domain scope) {
        for (Term term : value) {
            for (Rule rule : rules) {
                budget.spend(1);
                List<Term> replaced = new Match(rule, term, scope).replaced();
                if (replaced != null) {
                    List<Term> all = new ArrayList<>(value);
                    all.remove(term);
                    all.addAll(replaced);
                    return algebra.merged(all);
                }
            }
        }
        return null;
    }

    /** A rule's first term sought in another. */
    private final class Match {
        private final Rule rule;
        private final Term term;
        private final Domain scope;

        Match(Rule rule, Term term, Domain scope) {
            this.rule = rule;
            this.term = term;
            this.scope = scope;
        }

        /** What the term is by the rule; null if it does not stand there. */
        @Nullable
        List<Term> replaced() {
            return factors(0, Map.of(), term.factors());
        }

        /** @param rest the factors of the term that no factor of the rule has taken */
        private @Nullable List<Term> factors(int at, Map<String, IntExpr> names, List<Factor> rest) {
            if (at == rule.lead().factors().size()) {
                return whole(names, rest);
            }
            Factor wanted = rule.lead().factors().get(at);
            for (int k = 0; k < rest.size(); k++) {
                Factor there = rest.get(k);
                BigFraction left = there.power().subtract(wanted.power());
                boolean fits = there.family() == wanted.family()
                        && (left.equals(BigFraction.ZERO)
                                || left.compareTo(BigFraction.ZERO) > 0 && there.isWhole() && wanted.isWhole());
                Map<String, IntExpr> more = fits ? unified(wanted.index(), there.index(), names) : null;
                if (more == null) {
                    continue;
                }
                List<Factor> others = new ArrayList<>(rest);
                others.remove(k);
                if (!left.equals(BigFraction.ZERO)) {
                    others.add(there.raised(left));
                }
                List<Term> found = factors(at + 1, more, others);
                if (found != null) {
                    return found;
                }
            }
            return null;
        }

        private @Nullable Map<String, IntExpr> unified(
                List<IntExpr> wanted, List<IntExpr> there, Map<String, IntExpr> names) {
            Map<String, IntExpr> more = new HashMap<>(names);
            for (int k = 0; k < wanted.size(); k++) {
                IntExpr index = wanted.get(k);
                for (String name : variables()) {
                    if (index.equals(IntExpr.var(name))) {
                        more.putIfAbsent(name, there.get(k));
                    }
                }
                if (!index.substitute(more).equals(there.get(k))) {
                    return null;
                }
            }
            return more;
        }

        private List<String> variables() {
            List<String> names = new ArrayList<>(rule.lead().bound());
            rule.open().forEach(r -> names.add(r.name()));
            return names;
        }

        /** That the sum is the same, and that nothing else depends on what is summed over. */
        private @Nullable List<Term> whole(Map<String, IntExpr> names, List<Factor> rest) {
            Set<String> summed = new HashSet<>();
            for (String name : rule.lead().bound()) {
                IntExpr is = names.get(name);
                if (is == null || is.variables().size() != 1) {
                    return null;
                }
                String variable = is.variables().iterator().next();
                if (!is.equals(IntExpr.var(variable)) || !term.bound().contains(variable) || !summed.add(variable)) {
                    return null;
                }
            }
            List<Constraint> range =
                    rule.lead().where().stream().map(c -> c.substitute(names)).toList();
            List<Constraint> others = new ArrayList<>();
            Domain within = scope.and(range);
            for (Constraint c : term.where()) {
                boolean about = c.expr().variables().stream().anyMatch(summed::contains);
                if (!about) {
                    others.add(c);
                } else if (!range.contains(c) && !within.implies(c)) {
                    return null;
                }
            }
            boolean apart = term.where().containsAll(range)
                    && rest.stream().noneMatch(f -> speaks(f, summed))
                    && term.coefficient().variables().stream().noneMatch(summed::contains);
            if (!apart || !isInside(names, others)) {
                return null;
            }
            List<String> bound = new ArrayList<>(term.bound());
            bound.removeAll(summed);
            Term outside = new Term(term.coefficient(), rest, others, bound);
            List<Term> result = new ArrayList<>();
            for (Term each : rule.equal()) {
                result.addAll(algebra.tidy(product(outside, each.renamed(fresh).substitute(names))));
            }
            return result;
        }

        private static boolean speaks(Factor f, Set<String> names) {
            return f.index().stream().anyMatch(i -> i.variables().stream().anyMatch(names::contains));
        }

        /** The law holds for what is open only within its range. */
        private boolean isInside(Map<String, IntExpr> names, List<Constraint> where) {
            Domain here = scope.and(where);
            for (Range range : rule.open()) {
                IntExpr is = names.get(range.name());
                if (is == null
                        || !here.impliesLe(range.lo().substitute(names), is)
                        || !here.implies(Constraint.lt(is, range.hi().substitute(names)))) {
                    return false;
                }
            }
            return true;
        }

        private static Term product(Term a, Term b) {
            List<Factor> factors = new ArrayList<>(a.factors());
            factors.addAll(b.factors());
            List<Constraint> where = new ArrayList<>(a.where());
            where.addAll(b.where());
            List<String> bound = new ArrayList<>(a.bound());
            bound.addAll(b.bound());
            return new Term(a.coefficient().times(b.coefficient()), factors, where, bound);
        }
    }
}
