package dev.adjoint.loop;

import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Questions about statements. */
public final class Steps {
    private Steps() {}

    /** The statement itself, or the only one of a block. */
    public static Step only(Step s) {
        return s instanceof Step.Block b && b.steps().size() == 1
                ? only(b.steps().get(0))
                : s;
    }

    /** The statements one after the other. */
    public static List<Step> list(Step s) {
        return s instanceof Step.Block b ? b.steps() : List.of(s);
    }

    /** Whether it does nothing. */
    public static boolean isEmpty(Step s) {
        return s instanceof Step.Block b && b.steps().isEmpty();
    }

    /** Whether a loop runs from 0 in steps of one. */
    public static boolean counts(Step.Loop loop) {
        return loop.lo().isZero() && loop.by().equals(IntExpr.ONE);
    }

    /** All integers in it: places, bounds, and what is compared or counts as a value. */
    public static Stream<IntExpr> integers(Step s) {
        List<IntExpr> found = new ArrayList<>();
        new StepRewriter() {
            @Override
            public IntExpr integer(IntExpr e) {
                found.add(e);
                return e;
            }
        }.step(s);
        return found.stream();
    }

    /** Whether it writes to a buffer. */
    public static boolean stores(Step s) {
        boolean[] found = new boolean[1];
        new StepRewriter() {
            @Override
            public Step step(Step inner) {
                found[0] |= inner instanceof Step.Store
                        || inner instanceof Step.StoreInt
                        || inner instanceof Step.Accumulate
                        || inner instanceof Step.Interleave
                        || inner instanceof Step.Copy
                        || inner instanceof Step.Fill
                        || inner instanceof Step.Call
                        || inner instanceof Step.Share;
                return super.step(inner);
            }
        }.step(s);
        return found[0];
    }

    /** The locals that it gives another value. */
    public static Set<String> assigned(Step s) {
        Set<String> names = new HashSet<>();
        new StepRewriter() {
            @Override
            public Step step(Step inner) {
                if (inner instanceof Step.Assign a) {
                    names.add(a.name());
                } else if (inner instanceof Step.AssignInt a) {
                    names.add(a.name());
                }
                return super.step(inner);
            }
        }.step(s);
        return names;
    }

    /** The locals that a value reads. */
    public static Set<String> locals(Real e) {
        Set<String> names = new HashSet<>();
        new StepRewriter() {
            @Override
            public Real real(Real inner) {
                if (inner instanceof Real.Local l) {
                    names.add(l.name());
                }
                return super.real(inner);
            }

            @Override
            public IntExpr integer(IntExpr i) {
                names.addAll(i.variables());
                return i;
            }
        }.real(e);
        return names;
    }

    /** The statement with an index at a value. */
    public static Step where(Step s, String index, IntExpr value) {
        return new StepRewriter() {
            @Override
            public IntExpr integer(IntExpr e) {
                return e.substitute(index, value);
            }
        }.step(s);
    }
}
