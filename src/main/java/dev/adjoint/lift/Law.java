package dev.adjoint.lift;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Rel;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What one iteration of a loop makes of an array or a variable: its content after the iteration, as a function of that
 * before, which is called {@code self}.
 *
 * @param extents of the array's axes; none of a variable
 */
record Law(Content content, Expr self, List<IntExpr> extents) {

    /**
     * The same law with {@code self} read at {@code q} alone where it can be: {@code [q == f] e(self[f]) = [q == f]
     * e(self[q])}; and additions as such: {@code c ? self + g : self = self + [c] g}.
     */
    static Law of(Content after, Expr self, List<IntExpr> extents) {
        Content content = after.over(self);
        List<Content.Case> cases = new ArrayList<>();
        for (Content.Case each : content.cases()) {
            for (Content.Case simple : split(own(each, self), self)) {
                cases.add(simple);
            }
        }
        Content normal = new Content(content.rank(), cases, content.added(), content.base());
        if (cases.size() == 1 && content.added().isEmpty() && cases.get(0).value() instanceof Expr.Add sum) {
            List<Expr> rest = new ArrayList<>(sum.terms());
            if (rest.remove(self)) {
                List<Term> terms = Term.of(cases.get(0).conditions(), Exprs.add(rest));
                normal = new Content(content.rank(), List.of(), terms, content.base());
            }
        }
        return new Law(normal, self, extents);
    }

    private static Content.Case own(Content.Case each, Expr self) {
        SelfReads atQ = new SelfReads(self, index -> {
            for (int k = 0; k < index.size(); k++) {
                IntExpr q = IntExpr.var(Content.q(k));
                Cond there = Cond.eq(q, index.get(k));
                if (!there.equals(Cond.TRUE) && !each.conditions().contains(there)) {
                    return self instanceof Expr.Read r
                            ? new Expr.Read(r.ref(), index, null)
                            : SelfReads.entry(self, index);
                }
            }
            return self;
        });
        List<Cond> conditions = new ArrayList<>();
        each.conditions().forEach(c -> conditions.add(atQ.cond(c)));
        return new Content.Case(conditions, atQ.expr(each.value()));
    }

    /** {@code c ? a : self} is {@code a} where {@code c} holds. */
    private static List<Content.Case> split(Content.Case each, Expr self) {
        if (each.value().equals(self)) {
            // What keeps its value must not be reached by the cases below it.
            return List.of(each);
        }
        if (each.value() instanceof Expr.Select s) {
            boolean keepsThen = s.then().equals(self);
            if (keepsThen || s.otherwise().equals(self)) {
                Cond c = keepsThen ? Conditions.not(s.cond()) : s.cond();
                List<Cond> conditions = Term.concat(each.conditions(), Cond.conjuncts(c));
                return split(new Content.Case(conditions, keepsThen ? s.otherwise() : s.then()), self);
            }
        }
        return List.of(each);
    }

    /** Every name of a tensor, array or variable that something depends on. */
    static Set<String> names(Expr e) {
        Set<String> names = new LinkedHashSet<>();
        Variables.refs(e).forEach(r -> names.add(r.name()));
        return names;
    }

    static Set<String> names(Cond c) {
        Set<String> names = new LinkedHashSet<>();
        Variables.refs(c).forEach(r -> names.add(r.name()));
        return names;
    }

    static Set<String> names(Term t) {
        Set<String> names = new LinkedHashSet<>(names(t.body()));
        t.conditions().forEach(c -> names.addAll(names(c)));
        t.ranges().forEach(r -> {
            names.addAll(names(new Expr.IntValue(r.lo())));
            names.addAll(names(new Expr.IntValue(r.hi())));
        });
        return names;
    }

    static Set<String> names(Content.Case c) {
        Set<String> names = new LinkedHashSet<>(names(c.value()));
        c.conditions().forEach(each -> names.addAll(names(each)));
        return names;
    }

    /** A comparison with {@code self} on the right: {@code g > self}. */
    static Cond.Values withSelfRight(Cond.Values c, Expr self) {
        return c.left().equals(self) ? new Cond.Values(flip(c.rel()), c.right(), c.left()) : c;
    }

    private static Rel flip(Rel rel) {
        return rel.flip();
    }
}
