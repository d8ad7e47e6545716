package dev.adjoint.derive;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Applies rules, one at a time and outermost first, until none applies; each application is recorded as a step. */
final class Rewriting {
    /** Far above what any layer needs; reaching it means that two rules undo each other. */
    private static final int LIMIT = 20_000;

    private final Scope scope;
    private final List<Step> steps = new ArrayList<>();

    Rewriting(Scope scope) {
        this.scope = scope;
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    /** The fixpoint of the rules; an earlier rule goes before a later one, wherever they apply. */
    Expr exhaust(List<Rule> rules, Expr start) {
        Expr current = start;
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Rule rule : rules) {
                Once once = new Once(rule);
                Expr next = once.expr(current);
                if (once.part != null) {
                    Rule.Rewrite rewrite = java.util.Objects.requireNonNull(once.rewrite);
                    steps.add(new Step(
                            rule.name(), rule.law(), current, next, once.part, rewrite.result(), rewrite.condition()));
                    current = next;
                    changed = true;
                    break;
                }
            }
            if (steps.size() > LIMIT) {
                throw new IllegalStateException("the rules do not come to an end on " + start);
            }
        }
        return current;
    }

    /** One application of one rule, to the first node in reading order where it applies. */
    private final class Once extends Rewriter {
        private final Rule rule;
        private Scope here = scope;
        private @org.jspecify.annotations.Nullable Expr part;
        private Rule.@org.jspecify.annotations.Nullable Rewrite rewrite;

        Once(Rule rule) {
            this.rule = rule;
        }

        @Override
        public Expr expr(Expr e) {
            if (part != null) {
                return e;
            }
            Optional<Rule.Rewrite> applied = rule.application().apply(e, here);
            if (applied.isPresent()) {
                part = e;
                rewrite = applied.get();
                return rewrite.result();
            }
            Scope outer = here;
            if (e instanceof Expr.Reduce r) {
                here = here.within(r.ranges());
            } else if (e instanceof Expr.Mul m) {
                here = here.given(Terms.conditions(m));
            } else if (e instanceof Expr.Select s) {
                return select(s);
            }
            Expr result = super.expr(e);
            here = outer;
            return result;
        }

        private Expr select(Expr.Select s) {
            Scope outer = here;
            here = outer.given(List.of(s.cond()));
            Expr then = expr(s.then());
            here = outer.given(List.of(Cond.not(s.cond())));
            Expr otherwise = expr(s.otherwise());
            here = outer;
            boolean same = then == s.then() && otherwise == s.otherwise();
            return same ? s : dev.adjoint.expr.Exprs.select(s.cond(), then, otherwise);
        }

        @Override
        public Cond cond(Cond c) {
            return c;
        }

        @Override
        public IntExpr integer(IntExpr e) {
            return e;
        }
    }
}
