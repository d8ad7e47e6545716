package dev.adjoint.plan;

import dev.adjoint.expr.Rel;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Lane;
import dev.adjoint.loop.Place;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Scopes;
import dev.adjoint.loop.Solve;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Copies planes of rows that are as short as a few vectors by whole vectors: row r, {@code length} entries from
 * {@code at + fromStride·r}, goes to {@code toAt + toStride·r}. The last vector of a row reaches up to
 * {@code ⌈length/L⌉·L − length} entries behind it (L lanes) into what the rows after it overwrite, since they come later
 * and lie further on. Zeros between rows are written again behind each row. The last rows, as many as keep all of this
 * inside of the plane, are copied exactly; so a plane reads and writes nothing outside of its first and last entry, and
 * planes may be copied in any order.
 *
 * @param plane what is copied where, at the first row and entry
 * @param rows how many
 * @param length of a row
 */
record ShortRows(Step.Copy plane, Range rows, long fromStride, long toStride, long length) {
    /** The longest rows: beyond, a loop over vectors costs little. */
    static final long LONGEST = 64;

    /** The most entries between rows. */
    private static final long MOST_BETWEEN = 16;

    /** Lanes of the widest vectors that are common: as many vectors as a row takes of these are written out. */
    static final long USUAL = 16;

    private static final int FEWEST_ROWS = 3;

    /**
     * Rows of a copy, if they are short and there are planes of them, which threads may share: no others of these rows,
     * of which each writes into the next.
     *
     * @param ranges of the copy, the last one along rows
     * @param names those that are free
     */
    static Optional<Step> of(Buffer source, IntExpr at, Buffer copy, IntExpr to, List<Range> ranges, Scopes names) {
        if (ranges.size() < 3) {
            return Optional.empty();
        }
        Range row = ranges.get(ranges.size() - 1);
        Range rows = ranges.get(ranges.size() - 2);
        boolean planes = ranges.subList(0, ranges.size() - 2).stream()
                .anyMatch(r -> !r.extent().equals(IntExpr.ONE));
        Optional<Long> from = stride(source, at, rows);
        Optional<Long> into = stride(copy, to, rows);
        if (!planes || from.isEmpty() || into.isEmpty() || !isConstant(row) || !isConstant(rows)) {
            return Optional.empty();
        }
        long length = row.extent().constant();
        long between = into.get() - length;
        if (length < 2
                || length > LONGEST
                || between < 0
                || between > MOST_BETWEEN
                || from.get() < 1
                || rows.extent().constant() < FEWEST_ROWS) {
            return Optional.empty();
        }
        IntExpr first = at.substitute(row.name(), row.lo()).substitute(rows.name(), rows.lo());
        IntExpr start = to.substitute(row.name(), row.lo()).substitute(rows.name(), rows.lo());
        Step.Copy plane = new Step.Copy(source, first, copy, start, row.extent());
        return Optional.of(new ShortRows(plane, rows, from.get(), into.get(), length).step(row.name(), names));
    }

    private static Optional<Long> stride(Buffer buffer, IntExpr at, Range rows) {
        return new Place(buffer, at)
                .stride(rows.name())
                .filter(IntExpr::isConstant)
                .map(IntExpr::constant);
    }

    /** Neither its ends nor its extent depend on an index. */
    private static boolean isConstant(Range range) {
        return range.lo().isConstant() && range.hi().isConstant();
    }

    /**
     * How many rows at the end are copied exactly: what is read or written behind the row before them, less than a vector
     * of entries or of zeros, ends in the plane.
     */
    private IntExpr exact() {
        IntExpr behind = Lane.COUNT.minus(1);
        IntExpr exact = Solve.ceilDiv(behind, Math.min(fromStride, toStride));
        long between = toStride - length;
        return between == 0 ? exact : exact.max(Solve.ceilDiv(behind.plus(between), toStride));
    }

    /** Places go on from row to row: what counts that way is one loop for one thread. */
    private Step step(String entry, Scopes names) {
        String end = names.enter("exact");
        String from = names.enter("from");
        String to = names.enter("to");
        List.of(to, from, end).forEach(names::leave);
        IntExpr at = IntExpr.var(from);
        IntExpr toAt = IntExpr.var(to);
        long between = toStride - length;
        List<Step> row = new ArrayList<>();
        vectors(
                row,
                entry,
                length,
                k -> new Step.Store(plane.to(), toAt.plus(k), new Real.Lanes(plane.from(), at.plus(k), 1)));
        List<Step> exactly =
                new ArrayList<>(List.of(new Step.Copy(plane.from(), at, plane.to(), toAt, plane.length())));
        if (between > 0) {
            IntExpr gap = toAt.plus(length);
            vectors(row, entry, between, k -> new Step.Store(plane.to(), gap.plus(k), new Real.Spread(Real.ZERO)));
            exactly.add(new Step.If(
                    new Test.Ints(Rel.LT, rows.index(), rows.extent().minus(1)),
                    new Step.Fill(plane.to(), gap, gap.plus(between), Real.ZERO),
                    null));
        }
        List<Step> next =
                List.of(new Step.AssignInt(from, at.plus(fromStride)), new Step.AssignInt(to, toAt.plus(toStride)));
        row.addAll(next);
        exactly.addAll(next);
        IntExpr first = IntExpr.var(end);
        return new Step.Block(List.of(
                new Step.DeclareInt(end, rows.extent().minus(exact()).max(IntExpr.ZERO), false),
                new Step.DeclareInt(from, plane.at(), true),
                new Step.DeclareInt(to, plane.toAt(), true),
                new Step.Loop(rows.name(), IntExpr.ZERO, first, IntExpr.ONE, new Step.Block(row)),
                new Step.Loop(rows.name(), first, rows.extent(), IntExpr.ONE, new Step.Block(exactly))));
    }

    /** Vectors that cover so many entries: as many as are usual written out, and a loop over the rest. */
    private static void vectors(List<Step> into, String entry, long length, Function<IntExpr, Step> vector) {
        long usual = (length + USUAL - 1) / USUAL;
        into.add(vector.apply(IntExpr.ZERO));
        for (long k = 1; k < usual; k++) {
            IntExpr first = Lane.COUNT.times(k);
            into.add(new Step.If(new Test.Ints(Rel.LT, first, IntExpr.of(length)), vector.apply(first), null));
        }
        into.add(new Step.Loop(
                entry, Lane.COUNT.times(usual), IntExpr.of(length), Lane.COUNT, vector.apply(IntExpr.var(entry))));
    }
}
