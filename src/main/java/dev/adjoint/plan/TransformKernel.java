package dev.adjoint.plan;

import dev.adjoint.bilinear.Arithmetic;
import dev.adjoint.bilinear.LinearProgram;
import dev.adjoint.index.IntExpr;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Lane;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Routine;
import dev.adjoint.loop.Scopes;
import dev.adjoint.loop.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * A linear transform of as many tiles as a vector has lanes: {@code M x} along one axis, or {@code M X M'ᵀ} along two,
 * first of each column of X, then of each row of {@code M X}. What stands between the two is kept in scratch memory.
 *
 * @param from what is transformed
 * @param to what it becomes
 * @param between of {@code M X}, a vector an entry; unused along one axis
 * @param programs M, or M and M'
 * @param interleaved whether the entries of a row of the transform stand side by side, tile after tile
 * @param read where an entry of x stands, relative to the first argument, for each axis' number
 * @param written where an entry of the transform stands, relative to the second one; where they are interleaved, the
 *     first one of a row
 */
record TransformKernel(
        Buffer from,
        Buffer to,
        Buffer between,
        List<LinearProgram> programs,
        boolean interleaved,
        Function<List<IntExpr>, IntExpr> read,
        Function<List<IntExpr>, IntExpr> written) {
    TransformKernel {
        programs = List.copyOf(programs);
    }

    /** The length of what stands between the two transforms. */
    static IntExpr between(List<LinearProgram> programs) {
        return Lane.COUNT.times(
                (long) programs.get(0).outputs().size() * programs.get(1).inputs());
    }

    /**
     * A routine of two places: where to read, and where to write. Along two axes columns are transformed in a routine of
     * their own: HotSpot stops inlining where a method has more than 18,000 nodes (NodeCountInliningCutoff), a vector
     * operation has about 200, and vectors that are passed to what is not inlined are objects.
     */
    Routine routine(String name, String notes, Scopes names) {
        String readAt = names.enter("readAt");
        String writtenAt = names.enter("writtenAt");
        IntExpr source = IntExpr.var(readAt);
        IntExpr goal = IntExpr.var(writtenAt);
        Set<Buffer> buffers = new LinkedHashSet<>(List.of(from));
        List<Step> steps = new ArrayList<>();
        if (programs.size() == 1) {
            Run run = new Run(programs.get(0), names);
            run.read(from, k -> source.plus(read.apply(List.of(k))));
            steps.addAll(stored(run, k -> goal.plus(written.apply(List.of(k)))));
        } else {
            int width = programs.get(1).inputs();
            buffers.add(between);
            steps.add(new Step.Call(columns(name + "Columns", readAt, width, names), List.of(source)));
            String row = names.enter("row");
            IntExpr r = IntExpr.var(row);
            Run rows = new Run(programs.get(1), names);
            rows.read(between, k -> r.times(width).plus(k).times(Lane.COUNT));
            List<Step> stored = stored(rows, k -> goal.plus(written.apply(List.of(r, k))));
            IntExpr height = IntExpr.of(programs.get(0).outputs().size());
            steps.add(Step.loop(row, IntExpr.ZERO, height, new Step.Block(stored)));
        }
        buffers.add(to);
        return new Routine(
                name, List.of(notes), List.copyOf(buffers), List.of(readAt, writtenAt), new Step.Block(steps));
    }

    /** {@code M X}, column by column. */
    private Routine columns(String name, String readAt, int width, Scopes names) {
        String column = names.enter("column");
        IntExpr c = IntExpr.var(column);
        Run columns = new Run(programs.get(0), names);
        columns.read(from, k -> IntExpr.var(readAt).plus(read.apply(List.of(k, c))));
        columns.store(between, k -> k.times(width).plus(c).times(Lane.COUNT));
        return new Routine(
                name,
                List.of("Transforms their columns."),
                List.of(from, between),
                List.of(readAt),
                Step.loop(column, IntExpr.ZERO, IntExpr.of(width), new Step.Block(columns.steps)));
    }

    private List<Step> stored(Run run, Function<IntExpr, IntExpr> place) {
        if (interleaved) {
            run.interleave(to, place.apply(IntExpr.ZERO));
        } else {
            run.store(to, place);
        }
        return run.steps;
    }

    /** One run of a program, its values in locals. */
    private static final class Run implements Arithmetic<Real> {
        private final LinearProgram program;
        private final Scopes names;
        private final List<Step> steps = new ArrayList<>();
        private List<Real> outputs = List.of();

        Run(LinearProgram program, Scopes names) {
            this.program = program;
            this.names = names;
        }

        void read(Buffer from, Function<IntExpr, IntExpr> place) {
            List<Real> inputs = new ArrayList<>();
            for (int k = 0; k < program.inputs(); k++) {
                inputs.add(named(new Real.Lanes(from, place.apply(IntExpr.of(k)))));
            }
            outputs = program.run(inputs, this);
        }

        void store(Buffer to, Function<IntExpr, IntExpr> place) {
            for (int k = 0; k < outputs.size(); k++) {
                steps.add(new Step.Store(to, place.apply(IntExpr.of(k)), outputs.get(k)));
            }
        }

        void interleave(Buffer to, IntExpr place) {
            steps.add(new Step.Interleave(to, place, outputs));
        }

        private Real named(Real value) {
            String name = names.enter("v");
            steps.add(new Step.Declare(name, value, false));
            return new Real.Local(name, true);
        }

        private static Real constant(BigFraction factor) {
            return new Real.Spread(new Real.Literal(factor));
        }

        @Override
        public Real add(Real left, Real right) {
            return named(new Real.Binary(Real.Op.ADD, left, right));
        }

        @Override
        public Real subtract(Real left, Real right) {
            return named(new Real.Binary(Real.Op.SUB, left, right));
        }

        @Override
        public Real scale(BigFraction factor, Real of) {
            return named(new Real.Binary(Real.Op.MUL, constant(factor), of));
        }

        @Override
        public Real multiplyAdd(BigFraction factor, Real of, Real plus) {
            return named(new Real.Fma(constant(factor), of, plus));
        }

        @Override
        public Real multiplySubtract(BigFraction factor, Real of, Real minus) {
            return named(new Real.Fma(constant(factor), of, new Real.Negate(minus)));
        }
    }
}
