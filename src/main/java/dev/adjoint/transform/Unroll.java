package dev.adjoint.transform;

import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Generate.Options;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Scopes;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.StepRewriter;
import dev.adjoint.loop.Test;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** Writes out the inner loops of reductions over few fixed values: {@code for m < 3 a(m)  →  a(0); a(1); a(2)}. */
public final class Unroll {
    /**
     * The most statements that a loop is written out to when that is asked for: about 20 bytes of bytecode each, and
     * HotSpot never compiles a method of more than 8,000.
     */
    public static final int MOST = 300;

    /** The most where nobody asked: what fits beside the sums of a block in the registers' reach. */
    private static final int USUAL = 64;

    /** What it takes to pick every n-th entry of vectors, in statements: HotSpot stops to inline after about ten. */
    private static final int PICKED = 12;

    private final Options.Unroll how;
    private final int most;
    private final Scopes scopes;
    private long unrolled;

    /** @param most how many statements a loop may become where every loop is to be written out */
    public Unroll(Options.Unroll how, int most, Scopes scopes) {
        this.how = how;
        this.most = most;
        this.scopes = scopes;
    }

    /** How many loops were written out. */
    public long count() {
        return unrolled;
    }

    /** @throws TooLong if every fixed loop is to be written out, and an innermost one is longer than a method may be */
    public Step apply(Step step) {
        if (step instanceof Step.Block b) {
            return new Step.Block(flat(b.steps().stream().map(this::apply).toList()));
        }
        if (step instanceof Step.If i && i.test() instanceof Test.AnyLane) {
            // What is hardly ever run is not written out.
            return step;
        }
        if (step instanceof Step.If i) {
            return new Step.If(i.test(), apply(i.then()), i.otherwise() == null ? null : apply(i.otherwise()));
        }
        if (!(step instanceof Step.Loop loop)) {
            return step;
        }
        Step body = apply(loop.body());
        OptionalLong trips = trips(loop);
        if (trips.isEmpty() || hasLoop(body) || !isShort(loop, size(body), trips.getAsLong())) {
            return new Step.Loop(loop.var(), loop.lo(), loop.hi(), loop.by(), body);
        }
        unrolled++;
        List<Step> copies = new ArrayList<>();
        for (long k = 0; k < trips.getAsLong(); k++) {
            Map<String, String> names = k == 0 ? Map.of() : renamed(body, scopes::enter);
            copies.add(new Copy(loop.var(), loop.lo().plus(k * loop.by().constant()), names).step(body));
        }
        return new Step.Block(flat(copies));
    }

    private boolean isShort(Step.Loop loop, long statements, long trips) {
        return switch (how) {
            case NONE -> false;
            case AUTO -> trips <= USUAL / statements;
            case FULL -> {
                if (trips > MOST / statements && !hasLoop(loop.body())) {
                    throw new TooLong(trips + " times " + statements);
                }
                yield trips <= most / statements;
            }
        };
    }

    /** Writing out a loop would take more statements than a method may have. */
    public static final class TooLong extends RuntimeException {
        TooLong(String statements) {
            super(statements);
        }
    }

    /** What the body declares for itself has another name in each copy. */
    private static Map<String, String> renamed(Step body, UnaryOperator<String> fresh) {
        Map<String, String> names = new HashMap<>();
        for (Step s : body instanceof Step.Block b ? b.steps() : List.of(body)) {
            declared(s).ifPresent(name -> names.put(name, fresh.apply(name)));
        }
        return names;
    }

    /** The body with its index at a value and its locals, those of inner loops too, by names of their own. */
    public static Step copy(Step body, String index, IntExpr value, UnaryOperator<String> fresh) {
        Map<String, String> names = new HashMap<>();
        new StepRewriter() {
            @Override
            public Step step(Step s) {
                declared(s).ifPresent(name -> names.computeIfAbsent(name, fresh));
                return super.step(s);
            }
        }.step(body);
        return new Copy(index, value, names).step(body);
    }

    private static Optional<String> declared(Step s) {
        if (s instanceof Step.Declare d) {
            return Optional.of(d.name());
        }
        if (s instanceof Step.DeclareInt d) {
            return Optional.of(d.name());
        }
        return s instanceof Step.DeclareMask d ? Optional.of(d.name()) : Optional.empty();
    }

    /** A body with its index at one value and its locals by other names. */
    private static final class Copy extends StepRewriter {
        private final Map<String, IntExpr> values = new HashMap<>();
        private final Map<String, String> names;

        Copy(String index, IntExpr value, Map<String, String> names) {
            this.names = names;
            names.forEach((from, to) -> values.put(from, IntExpr.var(to)));
            values.put(index, value);
        }

        private String name(String name) {
            return names.getOrDefault(name, name);
        }

        @Override
        public Step step(Step s) {
            if (s instanceof Step.Declare d) {
                return new Step.Declare(name(d.name()), real(d.value()), d.mutable());
            }
            if (s instanceof Step.DeclareMask d) {
                return new Step.DeclareMask(name(d.name()), test(d.test()));
            }
            if (s instanceof Step.DeclareInt d) {
                return new Step.DeclareInt(name(d.name()), integer(d.value()), d.mutable());
            }
            if (s instanceof Step.Assign a) {
                return new Step.Assign(name(a.name()), real(a.value()));
            }
            if (s instanceof Step.AssignInt a) {
                return new Step.AssignInt(name(a.name()), integer(a.value()));
            }
            return super.step(s);
        }

        @Override
        public Real real(Real e) {
            return e instanceof Real.Local l ? new Real.Local(name(l.name()), l.isLanes()) : super.real(e);
        }

        @Override
        public Test test(Test t) {
            return t instanceof Test.Mask m ? new Test.Mask(name(m.name())) : super.test(t);
        }

        @Override
        public IntExpr integer(IntExpr e) {
            return e.substitute(values);
        }
    }

    private static List<Step> flat(List<Step> steps) {
        List<Step> flat = new ArrayList<>();
        for (Step step : steps) {
            flat.addAll(step instanceof Step.Block b ? b.steps() : List.of(step));
        }
        return flat;
    }

    /** How often a loop runs, if its bounds say so. */
    public static OptionalLong trips(Step.Loop loop) {
        IntExpr extent = loop.hi().minus(loop.lo());
        if (!extent.isConstant() || !loop.by().isConstant() || !loop.lo().isConstant()) {
            return OptionalLong.empty();
        }
        long by = loop.by().constant();
        return OptionalLong.of(Math.max(0, Math.floorDiv(extent.constant() + by - 1, by)));
    }

    /** Whether there is a loop in it. */
    public static boolean hasLoop(Step step) {
        if (step instanceof Step.Block b) {
            return b.steps().stream().anyMatch(Unroll::hasLoop);
        }
        if (step instanceof Step.If i) {
            return hasLoop(i.then()) || i.otherwise() != null && hasLoop(i.otherwise());
        }
        return step instanceof Step.Loop;
    }

    /** The number of statements, at least 1. */
    private static long size(Step step) {
        return Math.max(1, count(step));
    }

    private static long count(Step step) {
        if (step instanceof Step.Block b) {
            return b.steps().stream().mapToLong(Unroll::count).sum();
        }
        if (step instanceof Step.If i) {
            return 1 + count(i.then()) + (i.otherwise() == null ? 0 : count(i.otherwise()));
        }
        return step instanceof Step.Loop l ? 1 + count(l.body()) : 1 + picked(step);
    }

    /** What it takes to pick entries from neighbours; half as much where they keep their lanes. */
    private static long picked(Step step) {
        long[] found = {0};
        new StepRewriter() {
            @Override
            public Real real(Real e) {
                found[0] += e instanceof Real.Lanes l && l.stride() > 1 ? l.braided() ? PICKED / 2 : PICKED : 0;
                return super.real(e);
            }
        }.step(step);
        return found[0];
    }
}
