package dev.adjoint.loop;

import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/** Which buffers a step reads and which it writes, itself or in a routine that it calls, and the names that it uses. */
public final class Access extends StepRewriter {
    public final Set<Buffer> loaded = new LinkedHashSet<>();
    public final Set<Buffer> stored = new LinkedHashSet<>();
    /** Integers that it reads and does not declare. */
    public final Set<String> integers = new TreeSet<>();

    /** Other locals that it reads and does not declare, and those that it gives another value. */
    public final Set<String> carried = new TreeSet<>();

    /** Whether it adds to what stands in a buffer already. */
    public boolean accumulates;

    private final Set<String> declared = new HashSet<>();

    private Access() {}

    public static Access of(Step step) {
        Access access = new Access();
        access.step(step);
        access.integers.removeAll(access.declared);
        access.carried.removeAll(access.declared);
        return access;
    }

    @Override
    public Step step(Step s) {
        declared.addAll(Locals.of(s));
        if (s instanceof Step.Store a) {
            stored.add(a.buffer());
        } else if (s instanceof Step.Interleave i) {
            stored.add(i.buffer());
        } else if (s instanceof Step.StoreInt a) {
            stored.add(a.buffer());
        } else if (s instanceof Step.Accumulate a) {
            accumulates = true;
            stored.add(a.buffer());
        } else if (s instanceof Step.Copy c) {
            loaded.add(c.from());
            stored.add(c.to());
        } else if (s instanceof Step.Fill f) {
            stored.add(f.buffer());
        } else if (s instanceof Step.Assign a) {
            carried.add(a.name());
        } else if (s instanceof Step.AssignInt a) {
            carried.add(a.name());
        } else if (s instanceof Step.Call c) {
            Access inside = Access.of(c.routine().body());
            loaded.addAll(inside.loaded);
            stored.addAll(inside.stored);
            accumulates |= inside.accumulates;
        }
        return super.step(s);
    }

    @Override
    public Real real(Real e) {
        if (e instanceof Real.Local l) {
            carried.add(l.name());
        } else if (e instanceof Real.Load l) {
            loaded.add(l.buffer());
        } else if (e instanceof Real.Lanes l) {
            loaded.add(l.buffer());
        }
        return super.real(e);
    }

    @Override
    public Test test(Test t) {
        if (t instanceof Test.Mask m) {
            carried.add(m.name());
        } else if (t instanceof Test.Finite f) {
            loaded.add(f.buffer());
        } else if (t instanceof Test.Moderate m) {
            loaded.add(m.buffer());
        }
        return super.test(t);
    }

    @Override
    public IntExpr integer(IntExpr e) {
        integers.addAll(e.variables());
        e.atoms().forEach(this::atom);
        return e;
    }

    private void atom(Atom atom) {
        if (atom instanceof Cell cell) {
            loaded.add(cell.buffer());
            integer(cell.at());
        }
        atom.parts().forEach(this::integer);
    }
}
