package dev.adjoint.derive;

import dev.adjoint.derive.Rule.Rewrite;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Expr.Num;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Variables;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The laws about reads and conditions: a bracket is a factor and guards no read, {@code p ? a : 0} guards; a padded
 * read makes the conditions that keep it inside superfluous.
 */
final class GuardRules {
    static final List<Rule> GUARD =
            List.of(new Rule("conditions guard reads", "[p] * a = (p ? a : 0)", GuardRules::guard));

    static final List<Rule> PAD =
            List.of(new Rule("zero padding", "[a in range] * T[a] * b = pad(T[a]) * b", GuardRules::pad));

    static final List<Rule> UNPAD =
            List.of(new Rule("a pad that is never read", "pad(T[a]) = T[a] where a lies inside", GuardRules::unpad));

    private GuardRules() {}

    private static Optional<Rewrite> guard(Expr node, Scope scope) {
        if (!(node instanceof Expr.Mul m)) {
            return Optional.empty();
        }
        List<Cond> conditions = Terms.guardsFirst(Terms.conditions(m));
        long free = conditions.stream().filter(Terms::isDataFree).count();
        int first = (int) (free == 0 ? conditions.size() : free);
        Expr rest = Terms.product(conditions.subList(first, conditions.size()), Terms.values(m));
        if (conditions.isEmpty() || Exprs.isOne(rest) || new Guards(scope).allInside(rest)) {
            return Optional.empty();
        }
        return Rewrite.to(new Expr.Select(Cond.and(conditions.subList(0, first)), rest, Num.ZERO));
    }

    private static Optional<Rewrite> unpad(Expr node, Scope scope) {
        return node instanceof Expr.Read r
                        && r.pad() != null
                        && scope.implies(Guards.inside(scope.layer(), r.ref(), r.index()))
                ? Rewrite.to(Exprs.read(r.ref(), r.index()))
                : Optional.empty();
    }

    private static Optional<Rewrite> pad(Expr node, Scope scope) {
        List<Cond> conditions = Terms.conditions(node);
        if (!(node instanceof Expr.Mul) || conditions.isEmpty()) {
            return Optional.empty();
        }
        List<Expr> values = new ArrayList<>(Terms.values(node));
        for (int k = 0; k < values.size(); k++) {
            if (!(values.get(k) instanceof Expr.Read r) || r.pad() != null) {
                continue;
            }
            List<Cond> inside = Cond.conjuncts(Guards.inside(scope.layer(), r.ref(), r.index()));
            List<Cond> kept = new ArrayList<>(conditions);
            for (Cond condition : conditions) {
                List<Cond> known = new ArrayList<>(kept);
                known.remove(condition);
                known.addAll(inside);
                if (scope.given(known).implies(condition)) {
                    kept.remove(condition);
                }
            }
            values.set(k, new Expr.Read(r.ref(), r.index(), Num.ZERO));
            boolean defined = areDefinedWithout(conditions, kept, values);
            if (kept.size() < conditions.size() && defined && padOthers(kept, values, scope)) {
                return Rewrite.to(Terms.product(kept, values));
            }
            values = new ArrayList<>(Terms.values(node));
        }
        return Optional.empty();
    }

    /**
     * Whether what the dropped conditions kept away from poles is defined without them: {@code 0 * 1/0} is not 0. A
     * factor that has nothing to do with them has the same poles with them and without.
     */
    private static boolean areDefinedWithout(List<Cond> conditions, List<Cond> kept, List<Expr> values) {
        Set<String> names = new LinkedHashSet<>();
        conditions.stream().filter(c -> !kept.contains(c)).forEach(c -> names.addAll(Variables.of(c)));
        List<Expr> evaluated = new ArrayList<>(values);
        kept.forEach(c -> evaluated.add(Exprs.iverson(c)));
        return evaluated.stream()
                .allMatch(e -> Terms.isTotal(e) || Variables.of(e).stream().noneMatch(names::contains));
    }

    /** Pads the factors that the dropped conditions guarded too; false if they guarded a read inside of a factor. */
    private static boolean padOthers(List<Cond> kept, List<Expr> values, Scope scope) {
        List<Cond> guards = kept.stream().filter(Terms::isDataFree).toList();
        Scope guarded = scope.given(guards);
        if (kept.stream().anyMatch(c -> !new Guards(Terms.isDataFree(c) ? scope : guarded).allInside(c))) {
            return false;
        }
        for (int k = 0; k < values.size(); k++) {
            if (!new Guards(guarded).allInside(values.get(k))) {
                if (!(values.get(k) instanceof Expr.Read r)) {
                    return false;
                }
                values.set(k, new Expr.Read(r.ref(), r.index(), Num.ZERO));
            }
            if (!new Guards(guarded).allInside(values.get(k))) {
                return false;
            }
        }
        return true;
    }
}
