package dev.adjoint.transform;

import dev.adjoint.index.IntExpr;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.StepRewriter;
import dev.adjoint.loop.Test;
import java.util.HashSet;
import java.util.Set;

/**
 * Where entries exist whatever conditions say: a statement that is always run reads or writes an array of the same
 * length there. {@code x[i] > 0 ? d[i] : 0} may read {@code d[i]} in any case.
 */
record SafePlaces(Set<SafePlaces.Entry> entries) {
    static final SafePlaces NONE = new SafePlaces(Set.of());

    /** A place in all arrays of one length. */
    record Entry(IntExpr length, IntExpr at) {
        static Entry of(Buffer buffer, IntExpr at) {
            return new Entry(buffer.length(), at);
        }
    }

    boolean holds(Buffer buffer, IntExpr at) {
        return at.isZero() || entries.contains(Entry.of(buffer, at));
    }

    /** These, and those that the statements of a block touch outside of its loops, branches and choices. */
    SafePlaces with(Step block) {
        Set<Entry> all = new HashSet<>(entries);
        new StepRewriter() {
            @Override
            public Step step(Step s) {
                if (s instanceof Step.Store a) {
                    all.add(Entry.of(a.buffer(), a.at()));
                } else if (s instanceof Step.Accumulate a) {
                    all.add(Entry.of(a.buffer(), a.at()));
                } else if (s instanceof Step.If i) {
                    test(i.test());
                    return s;
                }
                return s instanceof Step.Loop ? s : super.step(s);
            }

            @Override
            public Real real(Real e) {
                if (e instanceof Real.Load l) {
                    all.add(Entry.of(l.buffer(), l.at()));
                } else if (e instanceof Real.Choose c) {
                    test(c.test());
                    return e;
                }
                return super.real(e);
            }

            @Override
            public Test test(Test t) {
                if (t instanceof Test.All a) {
                    first(a.parts());
                    return t;
                }
                if (t instanceof Test.Any a) {
                    first(a.parts());
                    return t;
                }
                return super.test(t);
            }

            /** What decides before the others are looked at. */
            private void first(java.util.List<Test> parts) {
                if (!parts.isEmpty()) {
                    test(parts.get(0));
                }
            }
        }.step(block);
        return new SafePlaces(all);
    }
}
