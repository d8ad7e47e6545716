package dev.adjoint.loop;

import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.List;

/** Walks the statements of a plan and rebuilds them; a subclass overrides what it cares for. */
public class StepRewriter {
    public Step step(Step s) {
        if (s instanceof Step.Block b) {
            List<Step> steps = new ArrayList<>();
            b.steps().forEach(each -> steps.add(step(each)));
            return new Step.Block(steps);
        }
        if (s instanceof Step.Loop l) {
            return new Step.Loop(l.var(), integer(l.lo()), integer(l.hi()), integer(l.by()), step(l.body()));
        }
        if (s instanceof Step.If i) {
            return new Step.If(test(i.test()), step(i.then()), i.otherwise() == null ? null : step(i.otherwise()));
        }
        if (s instanceof Step.Declare d) {
            return new Step.Declare(d.name(), real(d.value()), d.mutable());
        }
        if (s instanceof Step.DeclareInt d) {
            return new Step.DeclareInt(d.name(), integer(d.value()), d.mutable());
        }
        if (s instanceof Step.Assign a) {
            return new Step.Assign(a.name(), real(a.value()));
        }
        if (s instanceof Step.AssignInt a) {
            return new Step.AssignInt(a.name(), integer(a.value()));
        }
        if (s instanceof Step.Store a) {
            return new Step.Store(a.buffer(), integer(a.at()), real(a.value()));
        }
        if (s instanceof Step.DeclareMask d) {
            return new Step.DeclareMask(d.name(), test(d.test()));
        }
        if (s instanceof Step.Interleave i) {
            return new Step.Interleave(
                    i.buffer(),
                    integer(i.at()),
                    i.values().stream().map(this::real).toList());
        }
        if (s instanceof Step.StoreInt a) {
            return new Step.StoreInt(a.buffer(), integer(a.at()), integer(a.value()));
        }
        if (s instanceof Step.Accumulate a) {
            return new Step.Accumulate(a.buffer(), integer(a.at()), real(a.value()));
        }
        if (s instanceof Step.Copy c) {
            return new Step.Copy(c.from(), integer(c.at()), c.to(), integer(c.toAt()), integer(c.length()));
        }
        if (s instanceof Step.Fill f) {
            return new Step.Fill(f.buffer(), integer(f.from()), integer(f.to()), real(f.value()));
        }
        if (s instanceof Step.Call c) {
            return new Step.Call(
                    c.routine(), c.ints().stream().map(this::integer).toList());
        }
        if (s instanceof Step.Share h) {
            Step.Rest rest = h.rest();
            return new Step.Share(
                    h.part(),
                    h.ints().stream().map(this::integer).toList(),
                    integer(h.count()),
                    h.work(),
                    h.own(),
                    h.whole(),
                    rest == null ? null : new Step.Rest(rest.var(), step(rest.body())));
        }
        return s;
    }

    public Real real(Real e) {
        if (e instanceof Real.OfInt i) {
            return new Real.OfInt(integer(i.value()));
        }
        if (e instanceof Real.Load l) {
            return new Real.Load(l.buffer(), integer(l.at()));
        }
        if (e instanceof Real.Lanes l) {
            return new Real.Lanes(l.buffer(), integer(l.at()), l.stride(), l.braided());
        }
        if (e instanceof Real.Unbraided u) {
            return new Real.Unbraided(real(u.lanes()));
        }
        if (e instanceof Real.Spread p) {
            return new Real.Spread(real(p.value()));
        }
        if (e instanceof Real.SumOfLanes p) {
            return new Real.SumOfLanes(real(p.lanes()));
        }
        if (e instanceof Real.ExtremumOfLanes p) {
            return new Real.ExtremumOfLanes(p.max(), real(p.lanes()));
        }
        if (e instanceof Real.Binary b) {
            return new Real.Binary(b.op(), real(b.left()), real(b.right()));
        }
        if (e instanceof Real.Negate n) {
            return new Real.Negate(real(n.arg()));
        }
        if (e instanceof Real.Fma f) {
            return new Real.Fma(real(f.a()), real(f.b()), real(f.c()));
        }
        if (e instanceof Real.Call c) {
            return new Real.Call(c.fun(), real(c.arg()));
        }
        if (e instanceof Real.Power p) {
            return new Real.Power(real(p.base()), real(p.exponent()));
        }
        if (e instanceof Real.Either c) {
            return new Real.Either(test(c.test()), real(c.then()), real(c.otherwise()));
        }
        if (e instanceof Real.Choose c) {
            return new Real.Choose(test(c.test()), real(c.then()), real(c.otherwise()));
        }
        return e;
    }

    public Test test(Test t) {
        if (t instanceof Test.Ints i) {
            return new Test.Ints(i.rel(), integer(i.left()), integer(i.right()));
        }
        if (t instanceof Test.Reals r) {
            return new Test.Reals(r.rel(), real(r.left()), real(r.right()));
        }
        if (t instanceof Test.All a) {
            return new Test.All(a.parts().stream().map(this::test).toList());
        }
        if (t instanceof Test.Any a) {
            return new Test.Any(a.parts().stream().map(this::test).toList());
        }
        if (t instanceof Test.AnyLane a) {
            return new Test.AnyLane(test(a.part()));
        }
        return t instanceof Test.Not n ? new Test.Not(test(n.part())) : t;
    }

    public IntExpr integer(IntExpr e) {
        return e;
    }
}
