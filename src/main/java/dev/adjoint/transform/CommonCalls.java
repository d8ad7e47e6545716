package dev.adjoint.transform;

import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Mentioned;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Scopes;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.StepRewriter;
import dev.adjoint.loop.Steps;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code sigmoid(x)·(1 - sigmoid(x))} calls once: a function of lanes that several statements need is a local. */
public final class CommonCalls extends Common<Real.Call> {
    public CommonCalls(Scopes scopes) {
        super(scopes);
    }

    /** Whether it is a function of lanes that takes more than an instruction. */
    public static boolean isCostly(Real e) {
        return e instanceof Real.Call c && e.isLanes() && !Vectorize.ARITHMETIC.contains(c.fun());
    }

    @Override
    public void count(Step statement, Map<Real.Call, Integer> uses) {
        new StepRewriter() {
            @Override
            public Real real(Real e) {
                if (isCostly(e)) {
                    uses.merge((Real.Call) e, 1, Integer::sum);
                }
                return super.real(e);
            }
        }.step(statement);
    }

    @Override
    public boolean isCommon(Real.Call call, List<Step> statements) {
        Set<String> changed = new HashSet<>();
        Set<Buffer> stored = new HashSet<>();
        for (Step s : statements) {
            changed.addAll(Steps.assigned(s));
            if (s instanceof Step.DeclareInt d) {
                changed.add(d.name());
            } else if (s instanceof Step.Store a) {
                stored.add(a.buffer());
            } else if (s instanceof Step.Accumulate a) {
                stored.add(a.buffer());
            } else if (s instanceof Step.Interleave i) {
                stored.add(i.buffer());
            }
        }
        changed.retainAll(Steps.locals(call));
        return changed.isEmpty()
                && Mentioned.in(new Step.Assign("", call)).stream().noneMatch(stored::contains);
    }

    @Override
    public String name(Real.Call call) {
        return call.fun() + "1";
    }

    @Override
    public Step declaration(Real.Call call, String name) {
        return new Step.Declare(name, call, false);
    }

    @Override
    public Step renamed(Step statement, Map<Real.Call, String> names) {
        return new StepRewriter() {
            @Override
            public Real real(Real e) {
                String name = isCostly(e) ? names.get(e) : null;
                return name == null ? super.real(e) : new Real.Local(name, true);
            }
        }.step(statement);
    }
}
