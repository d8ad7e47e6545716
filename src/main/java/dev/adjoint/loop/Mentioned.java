package dev.adjoint.loop;

import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The buffers that a step reads or writes, itself or in a routine that it calls, in the order in which they appear. */
public final class Mentioned extends StepRewriter {
    private final Set<Buffer> found = new LinkedHashSet<>();

    private Mentioned() {}

    /** The buffers that a step mentions, each once. */
    public static List<Buffer> in(Step step) {
        Mentioned mentioned = new Mentioned();
        mentioned.step(step);
        return List.copyOf(mentioned.found);
    }

    @Override
    public Step step(Step s) {
        if (s instanceof Step.Store a) {
            found.add(a.buffer());
        } else if (s instanceof Step.Interleave i) {
            found.add(i.buffer());
        } else if (s instanceof Step.StoreInt a) {
            found.add(a.buffer());
        } else if (s instanceof Step.Accumulate a) {
            found.add(a.buffer());
        } else if (s instanceof Step.Copy c) {
            found.addAll(List.of(c.from(), c.to()));
        } else if (s instanceof Step.Fill f) {
            found.add(f.buffer());
        } else if (s instanceof Step.Call c) {
            found.addAll(c.routine().buffers());
        } else if (s instanceof Step.Share h) {
            found.addAll(h.part().buffers());
        }
        return super.step(s);
    }

    @Override
    public Real real(Real e) {
        if (e instanceof Real.Load l) {
            found.add(l.buffer());
        } else if (e instanceof Real.Lanes l) {
            found.add(l.buffer());
        }
        return super.real(e);
    }

    @Override
    public Test test(Test t) {
        if (t instanceof Test.Finite f) {
            found.add(f.buffer());
        } else if (t instanceof Test.Moderate m) {
            found.add(m.buffer());
        }
        return super.test(t);
    }

    @Override
    public IntExpr integer(IntExpr e) {
        e.atoms().forEach(this::atom);
        return e;
    }

    private void atom(Atom atom) {
        if (atom instanceof Cell cell) {
            found.add(cell.buffer());
            integer(cell.at());
        }
        atom.parts().forEach(this::integer);
    }
}
