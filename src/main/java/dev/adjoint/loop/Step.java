package dev.adjoint.loop;

import dev.adjoint.index.IntExpr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement of a plan: what the generated code does, in order. */
public sealed interface Step {
    /** One after the other. */
    record Block(List<Step> steps) implements Step {
        public Block {
            steps = List.copyOf(steps);
        }
    }

    /** {@code var} runs from {@code lo} below {@code hi} in steps of {@code by}; the bounds are evaluated once. */
    record Loop(String var, IntExpr lo, IntExpr hi, IntExpr by, Step body) implements Step {}

    /** One side or the other, or nothing. */
    record If(Test test, Step then, @Nullable Step otherwise) implements Step {}

    /** A new local variable of the element type. */
    record Declare(String name, Real value, boolean mutable) implements Step {}

    /** A new local that remembers a condition for each lane. */
    record DeclareMask(String name, Test test) implements Step {}

    /** A new local integer. */
    record DeclareInt(String name, IntExpr value, boolean mutable) implements Step {}

    /** A local variable takes a value. */
    record Assign(String name, Real value) implements Step {}

    /** A local integer takes a value. */
    record AssignInt(String name, IntExpr value) implements Step {}

    /** An entry of a buffer takes a value. */
    record Store(Buffer buffer, IntExpr at, Real value) implements Step {}

    /** Of n vectors side by side, {@code buffer[at + n·t + r]} takes lane t of vector r. */
    record Interleave(Buffer buffer, IntExpr at, List<Real> values) implements Step {
        public Interleave {
            values = List.copyOf(values);
        }
    }

    /** An entry of an integer buffer takes a value. */
    record StoreInt(Buffer buffer, IntExpr at, IntExpr value) implements Step {}

    /** A value is added to an entry of a buffer. */
    record Accumulate(Buffer buffer, IntExpr at, Real value) implements Step {}

    /** {@code length} entries are copied from one buffer to another. */
    record Copy(Buffer from, IntExpr at, Buffer to, IntExpr toAt, IntExpr length) implements Step {}

    /** The entries {@code from ≤ k < to} take a value. */
    record Fill(Buffer buffer, IntExpr from, IntExpr to, Real value) implements Step {}

    /** Another routine runs; it takes its buffers by their names and these integers in its own order. */
    record Call(Routine routine, List<IntExpr> ints) implements Step {
        public Call {
            ints = List.copyOf(ints);
            if (ints.size() != routine.ints().size()) {
                throw new IllegalArgumentException(routine.name() + " takes " + routine.ints());
            }
        }
    }

    /**
     * A loop whose iterations may run in any order and at the same time: for each cut of {@code 0 ≤ k < count} into
     * ranges the routine runs once a range.
     *
     * @param part the iterations {@code from ≤ k < to}, its last two integers
     * @param ints the integers before these
     * @param work about how many operations all of them take
     * @param own buffers of which every thread has one for itself
     * @param whole buffers that every thread reads at the same places, whichever iterations it runs
     * @param rest one iteration after the other instead, if there are too few for all threads; loops in it are shared
     */
    record Share(
            Routine part,
            List<IntExpr> ints,
            IntExpr count,
            IntExpr work,
            List<Buffer> own,
            List<Buffer> whole,
            @Nullable Rest rest)
            implements Step {
        public Share {
            ints = List.copyOf(ints);
            own = List.copyOf(own);
            whole = List.copyOf(whole);
        }
    }

    /** An iteration and its number. */
    record Rest(String var, Step body) {}

    /** A word to the reader. */
    record Remark(String text) implements Step {}

    static Step block(List<Step> steps) {
        return steps.size() == 1 ? steps.get(0) : new Block(steps);
    }

    /** One step and then another, in the same scope. */
    static Step then(Step first, Step second) {
        List<Step> all = new java.util.ArrayList<>(first instanceof Block b ? b.steps() : List.of(first));
        all.addAll(second instanceof Block b ? b.steps() : List.of(second));
        return new Block(all);
    }

    /** A loop in steps of one; its body alone where that is all. */
    static Step loop(String var, IntExpr lo, IntExpr hi, Step body) {
        if (!hi.minus(lo).equals(IntExpr.ONE)) {
            return new Loop(var, lo, hi, IntExpr.ONE, body);
        }
        return new StepRewriter() {
            @Override
            public IntExpr integer(IntExpr e) {
                return e.substitute(var, lo);
            }
        }.step(body);
    }
}
