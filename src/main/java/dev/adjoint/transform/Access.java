package dev.adjoint.transform;

import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Cell;
import dev.adjoint.loop.Locals;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.StepRewriter;
import dev.adjoint.loop.Test;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/** Which buffers a step reads and which it writes, itself or in a routine that it calls, and the names that it uses. */
final class Access extends StepRewriter {
    final Set<Buffer> loaded = new LinkedHashSet<>();
    final Set<Buffer> stored = new LinkedHashSet<>();

    /** Those that it reads before it has written anything there: what stands in them comes from elsewhere. */
    final Set<Buffer> readFirst = new LinkedHashSet<>();

    /** Integers that it reads and does not declare. */
    final Set<String> integers = new TreeSet<>();

    /** Other locals that it reads and does not declare, and those that it gives another value. */
    final Set<String> carried = new TreeSet<>();

    /** Whether it adds to what stands in a buffer already. */
    boolean accumulates;

    private final Set<String> declared = new HashSet<>();

    private Access() {}

    static Access of(Step step) {
        Access access = new Access();
        access.step(step);
        access.integers.removeAll(access.declared);
        access.carried.removeAll(access.declared);
        return access;
    }

    /** What a statement reads it reads before it writes. */
    @Override
    public Step step(Step s) {
        declared.addAll(Locals.of(s));
        if (s instanceof Step.Copy c) {
            load(c.from());
        } else if (s instanceof Step.Accumulate a) {
            accumulates = true;
            load(a.buffer());
        } else if (s instanceof Step.Assign a) {
            carried.add(a.name());
        } else if (s instanceof Step.AssignInt a) {
            carried.add(a.name());
        } else if (s instanceof Step.Call c) {
            called(Access.of(c.routine().body()));
        }
        Step same = super.step(s);
        if (s instanceof Step.Store a) {
            stored.add(a.buffer());
        } else if (s instanceof Step.Interleave i) {
            stored.add(i.buffer());
        } else if (s instanceof Step.StoreInt a) {
            stored.add(a.buffer());
        } else if (s instanceof Step.Accumulate a) {
            stored.add(a.buffer());
        } else if (s instanceof Step.Copy c) {
            stored.add(c.to());
        } else if (s instanceof Step.Fill f) {
            stored.add(f.buffer());
        }
        return same;
    }

    private void called(Access inside) {
        inside.readFirst.stream().filter(b -> !stored.contains(b)).forEach(readFirst::add);
        loaded.addAll(inside.loaded);
        stored.addAll(inside.stored);
        accumulates |= inside.accumulates;
    }

    private void load(Buffer buffer) {
        loaded.add(buffer);
        if (!stored.contains(buffer)) {
            readFirst.add(buffer);
        }
    }

    @Override
    public Real real(Real e) {
        if (e instanceof Real.Local l) {
            carried.add(l.name());
        } else if (e instanceof Real.Load l) {
            load(l.buffer());
        } else if (e instanceof Real.Lanes l) {
            load(l.buffer());
        }
        return super.real(e);
    }

    @Override
    public Test test(Test t) {
        if (t instanceof Test.Mask m) {
            carried.add(m.name());
        } else if (t instanceof Test.Finite f) {
            load(f.buffer());
        } else if (t instanceof Test.Moderate m) {
            load(m.buffer());
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
            load(cell.buffer());
            integer(cell.at());
        }
        atom.parts().forEach(this::integer);
    }
}
