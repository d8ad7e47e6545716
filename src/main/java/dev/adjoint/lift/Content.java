package dev.adjoint.lift;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Substitution;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands in the cells of an array, as a function of the index {@code q}: {@code (c_1 ? e_1 : c_2 ? e_2 : … : base)
 * + added}. The latest assignment comes first. A scalar variable is an array without axes; the entries of an array of
 * integers are trees of integers ({@link Ints}).
 */
record Content(int rank, List<Case> cases, List<Term> added, Expr base) {
    /** {@code e} where the conditions hold. */
    record Case(List<Cond> conditions, Expr value) {
        Case {
            conditions = List.copyOf(conditions);
        }

        Case substitute(Map<String, IntExpr> values) {
            return new Case(Term.substitute(conditions, values), Substitution.of(value, values));
        }
    }

    Content {
        cases = List.copyOf(cases);
        added = List.copyOf(added);
    }

    static Content of(int rank, Expr base) {
        return new Content(rank, List.of(), List.of(), base);
    }

    /** The name of the k-th index; no name of Java or of the language looks like it. */
    static String q(int k) {
        return "q#" + k;
    }

    static List<IntExpr> index(int rank) {
        List<IntExpr> index = new ArrayList<>();
        for (int k = 0; k < rank; k++) {
            index.add(IntExpr.var(q(k)));
        }
        return index;
    }

    static Map<String, IntExpr> at(List<IntExpr> index) {
        Map<String, IntExpr> values = new LinkedHashMap<>();
        for (int k = 0; k < index.size(); k++) {
            values.put(q(k), index.get(k));
        }
        return values;
    }

    /** The value at an index, decided where the domain decides. */
    Expr read(List<IntExpr> index, Domain domain, Facts facts) {
        Map<String, IntExpr> values = at(index);
        List<Case> reached = new ArrayList<>();
        Expr value = Substitution.of(base, values);
        Domain left = domain;
        for (Case each : cases) {
            Case here = each.substitute(values);
            Cond c = Conditions.simplify(left, Cond.and(here.conditions()), facts);
            if (c.equals(Cond.FALSE)) {
                continue;
            }
            if (c.equals(Cond.TRUE)) {
                value = here.value();
                break;
            }
            reached.add(new Case(List.of(c), here.value()));
            left = Conditions.assume(left, Conditions.not(c), facts);
        }
        for (int k = reached.size() - 1; k >= 0; k--) {
            value = Exprs.select(
                    reached.get(k).conditions().get(0), reached.get(k).value(), value);
        }
        List<Expr> sum = new ArrayList<>(List.of(value));
        added.forEach(t -> sum.add(t.substitute(values).simplify(domain, facts).expr()));
        return Exprs.add(sum);
    }

    /** After an assignment of the value where the conditions hold. */
    Content assign(List<Cond> conditions, Expr value) {
        List<Case> all = new ArrayList<>();
        all.add(new Case(conditions, value));
        for (Case each : cases) {
            if (!each.conditions().containsAll(conditions)) {
                all.add(each);
            }
        }
        return new Content(rank, all, overwritten(conditions), base);
    }

    /** What of the added terms is left where the conditions do not hold. */
    private List<Term> overwritten(List<Cond> conditions) {
        List<Term> left = new ArrayList<>();
        for (Term term : added) {
            if (!term.conditions().containsAll(conditions)) {
                left.add(term.where(Cond.conjuncts(Conditions.not(Cond.and(conditions)))));
            }
        }
        left.removeIf(Term::isNever);
        return left;
    }

    Content add(List<Term> terms) {
        List<Term> all = new ArrayList<>(added);
        terms.stream().filter(t -> !t.isNever()).forEach(all::add);
        return new Content(rank, cases, all, base);
    }

    /** The same content, with what stands under all its cases made the last of them, over another base. */
    Content over(Expr other) {
        if (base.equals(other)) {
            return this;
        }
        List<Case> all = new ArrayList<>(cases);
        all.add(new Case(List.of(), base));
        return new Content(rank, all, added, other);
    }

    /** {@code condition ? then : otherwise}. */
    static Content merge(Cond condition, Content then, Content otherwise) {
        if (then.equals(otherwise)) {
            return then;
        }
        if (!then.base.equals(otherwise.base)) {
            return merge(condition, then.over(otherwise.base), otherwise);
        }
        int common = 0;
        int t = then.cases.size();
        int o = otherwise.cases.size();
        while (common < Math.min(t, o) && then.cases.get(t - 1 - common).equals(otherwise.cases.get(o - 1 - common))) {
            common++;
        }
        List<Cond> yes = Cond.conjuncts(condition);
        List<Cond> no = Cond.conjuncts(Conditions.not(condition));
        List<Case> cases = new ArrayList<>();
        then.cases
                .subList(0, t - common)
                .forEach(c -> cases.add(new Case(Term.concat(yes, c.conditions()), c.value())));
        otherwise
                .cases
                .subList(0, o - common)
                .forEach(c -> cases.add(new Case(Term.concat(no, c.conditions()), c.value())));
        cases.addAll(then.cases.subList(t - common, t));
        List<Term> added = new ArrayList<>();
        List<Term> rest = new ArrayList<>(otherwise.added);
        for (Term term : then.added) {
            added.add(rest.remove(term) ? term : term.where(yes));
        }
        rest.forEach(term -> added.add(term.where(no)));
        added.removeIf(Term::isNever);
        return new Content(then.rank, cases, added, then.base);
    }

    /**
     * The content after a whole loop, of which this is the law: what the law calls {@code self} stood there before.
     *
     * @param self the base of the law
     */
    Content after(Content before, Expr self, Domain domain, Facts facts) {
        SelfReads here = new SelfReads(self, index -> before.read(index, domain, facts));
        Content result = before;
        for (int k = cases.size() - 1; k >= 0; k--) {
            Case each = cases.get(k);
            List<Cond> conditions = Cond.conjuncts(
                    Cond.and(each.conditions().stream().map(here::cond).toList()));
            if (conditions.contains(Cond.FALSE)) {
                continue;
            }
            result = result.assign(conditions, here.expr(each.value()));
        }
        return result.add(added.stream().map(here::term).toList());
    }
}
