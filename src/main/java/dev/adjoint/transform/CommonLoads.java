package dev.adjoint.transform;

import dev.adjoint.loop.Place;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Scopes;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.StepRewriter;
import java.util.List;
import java.util.Map;

/** {@code a·o[i] + b·o[i]} loads {@code o[i]} once: an entry that several statements of a block read is a local. */
public final class CommonLoads extends Common<Real> {
    public CommonLoads(Scopes scopes) {
        super(scopes);
    }

    @Override
    public void count(Step statement, Map<Real, Integer> uses) {
        new StepRewriter() {
            @Override
            public Real real(Real e) {
                if (isLoad(e)) {
                    uses.merge(e, 1, Integer::sum);
                }
                return isGuarded(e) ? e : super.real(e);
            }
        }.step(statement);
    }

    private static boolean isLoad(Real e) {
        return e instanceof Real.Load || e instanceof Real.Lanes;
    }

    /** What only one side of a choice reads may lie outside where the other is taken; of lanes both are read. */
    private static boolean isGuarded(Real e) {
        return e instanceof Real.Choose && !e.isLanes();
    }

    private static Place place(Real load) {
        return load instanceof Real.Load l
                ? new Place(l.buffer(), l.at())
                : new Place(((Real.Lanes) load).buffer(), ((Real.Lanes) load).at());
    }

    @Override
    public boolean isCommon(Real load, List<Step> statements) {
        Place place = place(load);
        return statements.stream()
                .noneMatch(s -> s instanceof Step.Store a && a.buffer().equals(place.buffer())
                        || s instanceof Step.Accumulate c && c.buffer().equals(place.buffer())
                        || s instanceof Step.Interleave i && i.buffer().equals(place.buffer())
                        || s instanceof Step.DeclareInt d
                                && place.at().variables().contains(d.name()));
    }

    @Override
    public String name(Real load) {
        return place(load).buffer().name() + (load.isLanes() ? "Lanes" : "0");
    }

    @Override
    public Step declaration(Real load, String name) {
        return new Step.Declare(name, load, false);
    }

    @Override
    public Step renamed(Step statement, Map<Real, String> names) {
        return new StepRewriter() {
            @Override
            public Real real(Real e) {
                if (isGuarded(e)) {
                    return e;
                }
                String name = names.get(e);
                return name == null ? super.real(e) : new Real.Local(name, e.isLanes());
            }
        }.step(statement);
    }
}
