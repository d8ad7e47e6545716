package dev.adjoint.lift;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Conditions negated, assumed and decided. */
final class Conditions {
    private Conditions() {}

    /** The negation, pushed to the comparisons; of values that are no NaN. */
    static Cond not(Cond c) {
        if (c instanceof Cond.And and) {
            return Cond.or(and.parts().stream().map(Conditions::not).toList());
        }
        if (c instanceof Cond.Or or) {
            return Cond.and(or.parts().stream().map(Conditions::not).toList());
        }
        if (c instanceof Cond.Values v) {
            return Cond.values(v.rel().negate(), v.left(), v.right());
        }
        return Cond.not(c);
    }

    static List<Cond> conjuncts(Cond c) {
        return Cond.conjuncts(c);
    }

    /** The domain where the condition holds, as far as linear constraints can say. */
    static Domain assume(Domain domain, Cond c, Facts facts) {
        return assume(domain, Cond.conjuncts(c), facts);
    }

    static Domain assume(Domain domain, Collection<Cond> conds, Facts facts) {
        List<Constraint> constraints = new ArrayList<>();
        List<Cond.Ints> unequal = new ArrayList<>();
        Domain told = domain;
        for (Cond cond : conds) {
            for (Cond part : Cond.conjuncts(cond)) {
                if (part instanceof Cond.Ints ints) {
                    told = facts.about(told, ints.left(), ints.right());
                    ints.constraint().ifPresentOrElse(constraints::add, () -> unequal.add(ints));
                }
            }
        }
        told = told.and(constraints);
        for (Cond.Ints ints : unequal) {
            if (told.impliesLe(ints.left(), ints.right())) {
                told = told.and(Constraint.lt(ints.left(), ints.right()));
            } else if (told.impliesLe(ints.right(), ints.left())) {
                told = told.and(Constraint.lt(ints.right(), ints.left()));
            }
        }
        return told;
    }

    /** Whether the condition holds everywhere in the domain, or nowhere; empty if neither is shown. */
    static Optional<Boolean> decide(Domain domain, Cond c, Facts facts) {
        if (c instanceof Cond.Constant constant) {
            return Optional.of(constant.value());
        }
        if (c instanceof Cond.Ints ints) {
            return decide(facts.about(domain, ints.left(), ints.right()), ints);
        }
        if (c instanceof Cond.Values values) {
            return Extremes.decide(values, domain, facts);
        }
        if (c instanceof Cond.And || c instanceof Cond.Or) {
            boolean and = c instanceof Cond.And;
            List<Cond> parts = c instanceof Cond.And a ? a.parts() : ((Cond.Or) c).parts();
            boolean all = true;
            Domain inside = domain;
            for (Cond part : parts) {
                Optional<Boolean> known = decide(inside, part, facts);
                if (known.isPresent() && known.get() != and) {
                    return known;
                }
                all &= known.isPresent();
                inside = assume(inside, and ? part : not(part), facts);
            }
            return all ? Optional.of(and) : Optional.empty();
        }
        return c instanceof Cond.Not n ? decide(domain, n.part(), facts).map(b -> !b) : Optional.empty();
    }

    private static Optional<Boolean> decide(Domain domain, Cond.Ints c) {
        if (c.rel() == Rel.EQ || c.rel() == Rel.NE) {
            boolean equal = c.rel() == Rel.EQ;
            if (domain.implies(Constraint.eq(c.left(), c.right()))) {
                return Optional.of(equal);
            }
            boolean apart = domain.implies(Constraint.lt(c.left(), c.right()))
                    || domain.implies(Constraint.lt(c.right(), c.left()));
            return apart ? Optional.of(!equal) : Optional.empty();
        }
        if (domain.implies(c.constraint().orElseThrow())) {
            return Optional.of(true);
        }
        Cond.Ints negated = new Cond.Ints(c.rel().negate(), c.left(), c.right());
        return domain.implies(negated.constraint().orElseThrow()) ? Optional.of(false) : Optional.empty();
    }

    /** The condition without what the domain decides; each part may use those before it. */
    static Cond simplify(Domain domain, Cond c, Facts facts) {
        Optional<Boolean> known = decide(domain, c, facts);
        if (known.isPresent()) {
            return known.get() ? Cond.TRUE : Cond.FALSE;
        }
        if (c instanceof Cond.And || c instanceof Cond.Or) {
            boolean and = c instanceof Cond.And;
            List<Cond> kept = new ArrayList<>();
            Domain inside = domain;
            for (Cond part : c instanceof Cond.And a ? a.parts() : ((Cond.Or) c).parts()) {
                Cond simple = simplify(inside, part, facts);
                kept.add(simple);
                inside = assume(inside, and ? simple : not(simple), facts);
            }
            return and ? Cond.and(kept) : Cond.or(kept);
        }
        return c;
    }

    /** {@code c ? a : b}, decided where the domain decides it. */
    static Expr select(Domain domain, Cond c, Expr a, Expr b, Facts facts) {
        return Exprs.select(simplify(domain, c, facts), a, b);
    }
}
