package dev.adjoint.plan;

import dev.adjoint.index.IntExpr;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Cell;
import dev.adjoint.loop.Lane;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Routine;
import dev.adjoint.loop.Scopes;
import dev.adjoint.loop.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The innermost block of a contraction: rows times vectors of sums, each in a register of its own. A tap loads the
 * vectors of the moving operand once and one number of the still operand for each row, and adds their products.
 *
 * @param moving the operand of which neighbouring entries are loaded
 * @param still the operand of which one number is spread over all lanes
 * @param target where the sums go
 * @param start what sums start from, if not 0: one number for each row
 * @param rows the rows' places, relative to the first one
 * @param taps how many products make a sum
 * @param further whether sums start from what stands where they go: other products were added up there before
 */
record LaneKernel(
        Operand moving,
        Operand still,
        Buffer target,
        Optional<Buffer> start,
        List<Row> rows,
        IntExpr taps,
        boolean further) {
    /**
     * Where taps find an operand: relative to the first one at multiples of a number, or at what a table says.
     *
     * @param stride 0 if there is a table
     */
    record Operand(Buffer buffer, IntExpr stride, Optional<Buffer> table) {}

    /** Where a row stands in the still operand, in the target, and in what sums start from. */
    record Row(IntExpr still, IntExpr target, IntExpr start) {}

    /** The arguments of the routine, in order. */
    List<String> arguments() {
        return start.isPresent()
                ? List.of("movingAt", "stillAt", "targetAt", "startAt")
                : List.of("movingAt", "stillAt", "targetAt");
    }

    /** @param vectors how many vectors stand side by side */
    Routine routine(String name, int vectors, Scopes names) {
        List<String> ints = arguments().stream().map(names::enter).toList();
        IntExpr movingAt = IntExpr.var(ints.get(0));
        IntExpr stillAt = IntExpr.var(ints.get(1));
        IntExpr targetAt = IntExpr.var(ints.get(2));
        List<Step> steps = new ArrayList<>();
        String[][] sums = new String[rows.size()][vectors];
        for (int r = 0; r < rows.size(); r++) {
            Real from = Real.ZERO;
            if (start.isPresent()) {
                from = new Real.Load(
                        start.get(), IntExpr.var(ints.get(3)).plus(rows.get(r).start()));
            }
            for (int v = 0; v < vectors; v++) {
                sums[r][v] = names.enter("sum" + r + "_" + v);
                Real first = further ? new Real.Lanes(target, place(targetAt, r, v)) : new Real.Spread(from);
                steps.add(new Step.Declare(sums[r][v], first, true));
            }
        }
        String tap = names.enter("tap");
        String movingTap = names.enter("movingTap");
        String stillTap = names.enter("stillTap");
        List<Step> body = new ArrayList<>();
        body.add(new Step.DeclareInt(movingTap, movingAt.plus(at(moving, tap)), false));
        body.add(new Step.DeclareInt(stillTap, stillAt.plus(at(still, tap)), false));
        List<Real> loaded = new ArrayList<>();
        for (int v = 0; v < vectors; v++) {
            String local = names.enter(moving.buffer().name() + v);
            IntExpr place = IntExpr.var(movingTap).plus(Lane.COUNT.times(v));
            body.add(new Step.Declare(local, new Real.Lanes(moving.buffer(), place), false));
            loaded.add(new Real.Local(local, true));
        }
        for (int r = 0; r < rows.size(); r++) {
            String local = names.enter(still.buffer().name() + "_" + r);
            IntExpr place = IntExpr.var(stillTap).plus(rows.get(r).still());
            body.add(new Step.Declare(local, new Real.Spread(new Real.Load(still.buffer(), place)), false));
            for (int v = 0; v < vectors; v++) {
                Real sum = new Real.Local(sums[r][v], true);
                body.add(new Step.Assign(sums[r][v], new Real.Fma(loaded.get(v), new Real.Local(local, true), sum)));
            }
        }
        steps.add(Step.loop(tap, IntExpr.ZERO, taps, new Step.Block(body)));
        for (int r = 0; r < rows.size(); r++) {
            for (int v = 0; v < vectors; v++) {
                steps.add(new Step.Store(target, place(targetAt, r, v), new Real.Local(sums[r][v], true)));
            }
        }
        return new Routine(
                name,
                List.of(rows.size() + " rows times " + vectors + (vectors == 1 ? " vector" : " vectors")
                        + " of sums over all taps."),
                List.copyOf(buffers()),
                ints,
                new Step.Block(steps));
    }

    /** Where one of the sums goes. */
    private IntExpr place(IntExpr targetAt, int row, int vector) {
        return targetAt.plus(rows.get(row).target()).plus(Lane.COUNT.times(vector));
    }

    /** How far a tap moves an operand. */
    static IntExpr at(Operand operand, String tap) {
        return operand.table()
                .map(table -> IntExpr.of(new Cell(table, IntExpr.var(tap))))
                .orElseGet(() -> operand.stride().times(IntExpr.var(tap)));
    }

    private Set<Buffer> buffers() {
        Set<Buffer> buffers = new LinkedHashSet<>(List.of(moving.buffer()));
        moving.table().ifPresent(buffers::add);
        buffers.add(still.buffer());
        still.table().ifPresent(buffers::add);
        start.ifPresent(buffers::add);
        buffers.add(target);
        return buffers;
    }
}
