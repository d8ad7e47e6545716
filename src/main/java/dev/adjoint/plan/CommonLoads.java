package dev.adjoint.plan;

import java.util.List;
import java.util.Map;

/** {@code a·o[i] + b·o[i]} loads {@code o[i]} once: an entry that several statements of a block read is a local. */
final class CommonLoads extends Common<Real.Load> {
    CommonLoads(Scopes scopes) {
        super(scopes);
    }

    @Override
    void count(Step statement, Map<Real.Load, Integer> uses) {
        new StepRewriter() {
            @Override
            public Real real(Real e) {
                if (e instanceof Real.Load l) {
                    uses.merge(l, 1, Integer::sum);
                }
                // What only one side of a choice reads may lie outside where the other is taken.
                return e instanceof Real.Choose ? e : super.real(e);
            }
        }.step(statement);
    }

    @Override
    boolean isCommon(Real.Load load, List<Step> statements) {
        return statements.stream()
                .noneMatch(s -> s instanceof Step.Store a && a.buffer().equals(load.buffer())
                        || s instanceof Step.Accumulate c && c.buffer().equals(load.buffer())
                        || s instanceof Step.DeclareInt d
                                && load.at().variables().contains(d.name()));
    }

    @Override
    String name(Real.Load load) {
        return load.buffer().name() + "0";
    }

    @Override
    Step declaration(Real.Load load, String name) {
        return new Step.Declare(name, load, false);
    }

    @Override
    Step renamed(Step statement, Map<Real.Load, String> names) {
        return new StepRewriter() {
            @Override
            public Real real(Real e) {
                if (e instanceof Real.Choose) {
                    return e;
                }
                String name = e instanceof Real.Load ? names.get(e) : null;
                return name == null ? super.real(e) : new Real.Local(name);
            }
        }.step(statement);
    }
}
