package dev.adjoint.transform;

import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Cell;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.StepRewriter;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The buffers that each iteration of a loop reads at the same places: no place in them depends on the loop's index. Who
 * runs a few of the iterations reads as much of them as who runs all.
 */
final class FixedReads extends StepRewriter {
    /** Integers that depend on the index. */
    private final Set<String> moving;

    private final Set<Buffer> read = new LinkedHashSet<>();
    private final Set<Buffer> moved = new HashSet<>();

    private FixedReads(Set<String> moving) {
        this.moving = new HashSet<>(moving);
    }

    /** @param indices of the loop, or of loops that are run as one */
    static Set<Buffer> of(Step body, Set<String> indices) {
        FixedReads reads = new FixedReads(indices);
        reads.step(body);
        reads.read.removeAll(reads.moved);
        return reads.read;
    }

    @Override
    public Step step(Step s) {
        if (s instanceof Step.Loop l && (isMoving(l.lo()) || isMoving(l.hi()))) {
            moving.add(l.var());
        } else if (s instanceof Step.DeclareInt d && (d.mutable() || isMoving(d.value()))) {
            moving.add(d.name());
        } else if (s instanceof Step.Copy c) {
            read(c.from(), c.at());
        } else if (s instanceof Step.Call c) {
            FixedReads inside = new FixedReads(Set.of());
            for (int k = 0; k < c.ints().size(); k++) {
                if (isMoving(c.ints().get(k))) {
                    inside.moving.add(c.routine().ints().get(k));
                }
            }
            inside.step(c.routine().body());
            read.addAll(inside.read);
            moved.addAll(inside.moved);
        }
        return super.step(s);
    }

    @Override
    public Real real(Real e) {
        if (e instanceof Real.Load l) {
            read(l.buffer(), l.at());
        } else if (e instanceof Real.Lanes l) {
            read(l.buffer(), l.at());
        }
        return super.real(e);
    }

    @Override
    public IntExpr integer(IntExpr e) {
        e.atoms().forEach(this::atom);
        return e;
    }

    private void atom(Atom atom) {
        if (atom instanceof Cell cell) {
            read(cell.buffer(), cell.at());
            integer(cell.at());
        }
        atom.parts().forEach(this::integer);
    }

    private void read(Buffer buffer, IntExpr at) {
        read.add(buffer);
        if (isMoving(at)) {
            moved.add(buffer);
        }
    }

    private boolean isMoving(IntExpr e) {
        return e.variables().stream().anyMatch(moving::contains);
    }
}
