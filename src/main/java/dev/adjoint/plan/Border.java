package dev.adjoint.plan;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Known;
import dev.adjoint.loop.Routine;
import dev.adjoint.loop.Scopes;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.Test;
import dev.adjoint.lower.Definition;
import dev.adjoint.lower.Extents;
import dev.adjoint.lower.Tensors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A copy of a tensor with a border of zeros, as wide as its reads reach: {@code Σ_m pad(o[i+m-P])·w[m]} becomes
 * {@code Σ_m bordered[i+m]·w[m]} with {@code bordered[y] = pad(o[y-P])}, and no read needs a test. The border is zero
 * since the array was allocated and is never written: each call copies rows alone.
 *
 * @param definition of the bordered tensor
 * @param routine copies the rows
 */
record Border(Definition definition, Routine routine) {

    /** Those that a class needs; what is bordered alike is copied once. */
    static final class Borders {
        private final Map<String, Border> made = new LinkedHashMap<>();
        private final Tensors tensors;
        private final Extents extents;
        private final Known sizes;
        private final Scopes names;

        Borders(Tensors tensors, Extents extents, Known sizes, Scopes names) {
            this.tensors = tensors;
            this.extents = extents;
            this.sizes = sizes;
            this.names = names;
        }

        /**
         * The contraction over reads that need no padding.
         *
         * @param needed those that it reads are added
         */
        Contraction apply(Contraction contraction, List<Border> needed) {
            Expr.Read left = inside(contraction.left(), contraction.indices(), needed);
            Expr.Read right = inside(contraction.right(), contraction.indices(), needed);
            return contraction.with(left, right);
        }

        private Expr.Read inside(Expr.Read read, List<Range> indices, List<Border> needed) {
            if (read.pad() == null) {
                return read;
            }
            Buffer buffer = tensors.of(read.ref());
            Known known = sizes.within(indices);
            List<IntExpr> least = new ArrayList<>();
            List<IntExpr> spans = new ArrayList<>();
            boolean leaves = false;
            for (int axis = 0; axis < buffer.shape().size(); axis++) {
                IntExpr e = read.index().get(axis);
                IntExpr extent = buffer.shape().get(axis);
                boolean stays = known.isInside(e, extent);
                leaves |= !stays;
                least.add(stays ? IntExpr.ZERO : extreme(e, indices, false));
                IntExpr end = stays ? extent : extreme(e, indices, true).plus(1);
                spans.add(end.minus(least.get(axis)));
            }
            if (!leaves) {
                return new Expr.Read(read.ref(), read.index(), null);
            }
            Border border =
                    made.computeIfAbsent(buffer.name() + least + spans, key -> make(read.ref(), buffer, least, spans));
            if (!needed.contains(border)) {
                needed.add(border);
            }
            List<IntExpr> index = new ArrayList<>();
            for (int axis = 0; axis < least.size(); axis++) {
                index.add(read.index().get(axis).minus(least.get(axis)));
            }
            return new Expr.Read(border.definition().target(), index, null);
        }

        /** The spans as sizes of the class. */
        private List<IntExpr> shape(Buffer of, List<IntExpr> spans) {
            List<IntExpr> shape = new ArrayList<>();
            for (int axis = 0; axis < spans.size(); axis++) {
                String stem = of.shape()
                        .get(axis)
                        .asVariable()
                        .map(v -> "bordered" + v)
                        .orElse("bordered");
                shape.add(extents.name(spans.get(axis), stem));
            }
            return shape;
        }

        /** The least or the greatest value of an affine form over a box. */
        private static IntExpr extreme(IntExpr e, List<Range> box, boolean greatest) {
            Map<String, IntExpr> corner = new HashMap<>();
            for (Range range : box) {
                boolean last = e.coefficient(range.name()).orElseThrow() > 0 == greatest;
                corner.put(range.name(), last ? range.hi().minus(1) : range.lo());
            }
            return e.substitute(corner);
        }

        private Border make(Ref of, Buffer buffer, List<IntExpr> least, List<IntExpr> spans) {
            List<IntExpr> shape = shape(buffer, spans);
            String name = names.enter(buffer.name() + "Bordered");
            Buffer bordered = new Buffer(name, Buffer.Role.SCRATCH, false, shape);
            Ref target = Ref.value(name);
            tensors.put(target, bordered);
            List<Range> indices = new ArrayList<>();
            List<IntExpr> source = new ArrayList<>();
            for (int axis = 0; axis < shape.size(); axis++) {
                Range index = Range.below(names.enter("at" + axis), shape.get(axis));
                indices.add(index);
                source.add(index.index().plus(least.get(axis)));
            }
            Definition definition = new Definition(target, indices, new Expr.Read(of, source, Expr.Num.ZERO));
            Routine routine = new Routine(
                    "copy" + Planner.capital(name),
                    List.of("Copies " + buffer + " into the middle of " + bordered + ", whose border stays 0."),
                    List.of(buffer, bordered),
                    List.of(),
                    rows(buffer, bordered, ranges(buffer, indices, least, spans), least));
            indices.forEach(i -> names.leave(i.name()));
            return new Border(definition, routine);
        }

        /** The places in the tensor that the bordered one reaches. */
        private static List<Range> ranges(Buffer of, List<Range> indices, List<IntExpr> least, List<IntExpr> spans) {
            List<Range> ranges = new ArrayList<>();
            for (int axis = 0; axis < indices.size(); axis++) {
                IntExpr lo = least.get(axis).max(IntExpr.ZERO);
                IntExpr hi = of.shape().get(axis).min(least.get(axis).plus(spans.get(axis)));
                ranges.add(new Range(indices.get(axis).name(), lo, hi));
            }
            return ranges;
        }

        /** {@code bordered[…, y−lo, x−lo] = o[…, y, x]} for all places, a row at a time. */
        private static Step rows(Buffer from, Buffer to, List<Range> inner, List<IntExpr> least) {
            int last = inner.size() - 1;
            List<IntExpr> at = new ArrayList<>();
            List<IntExpr> toAt = new ArrayList<>();
            for (int axis = 0; axis <= last; axis++) {
                IntExpr place =
                        axis == last ? inner.get(axis).lo() : inner.get(axis).index();
                at.add(place);
                toAt.add(place.minus(least.get(axis)));
            }
            Range row = inner.get(last);
            Step step = new Step.Copy(from, from.offset(at), to, to.offset(toAt), row.extent());
            if (!isCertain(row)) {
                step = new Step.If(new Test.Ints(Rel.LT, row.lo(), row.hi()), step, null);
            }
            for (int axis = last - 1; axis >= 0; axis--) {
                Range range = inner.get(axis);
                step = Step.loop(range.name(), range.lo(), range.hi(), step);
            }
            return step;
        }

        /** Whether the row surely has an entry: the tensor's own axis has. */
        private static boolean isCertain(Range row) {
            return row.lo().isZero() && row.hi().asVariable().isPresent()
                    || row.extent().isConstant() && row.extent().constant() >= 0;
        }
    }
}
