package dev.adjoint.derive;

import dev.adjoint.expr.Expr;
import dev.adjoint.lang.Layer;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Derivations with a fault planted in one rule, for the tests of other rooms. */
public final class PlantedRules {
    private PlantedRules() {}

    /** The names of all rules, in the order in which they are tried. */
    public static Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        Derive.RULES.forEach(r -> names.add(r.name()));
        Derive.FINISH.forEach(r -> names.add(r.name()));
        Derive.FINISH_PADDED.forEach(r -> names.add(r.name()));
        return names;
    }

    /**
     * The derivation in which one rule goes wrong once.
     *
     * @param application the number of the application, over all gradients, whose result is replaced
     */
    public static Derivation derive(Layer layer, String rule, int application, UnaryOperator<Expr> fault) {
        AtomicInteger count = new AtomicInteger();
        return Derive.derive(
                layer,
                law -> !law.name().equals(rule)
                        ? law
                        : new Rule(
                                law.name(),
                                law.law(),
                                (node, scope) -> law.application()
                                        .apply(node, scope)
                                        .map(rewrite -> count.getAndIncrement() != application
                                                ? rewrite
                                                : new Rule.Rewrite(
                                                        fault.apply(rewrite.result()), rewrite.condition()))));
    }
}
