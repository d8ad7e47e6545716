package dev.adjoint.plan;

import dev.adjoint.index.IntExpr;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Routine;
import dev.adjoint.loop.Scopes;
import dev.adjoint.loop.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The innermost block of a contraction whose sums go along vectors: rows times columns of sums, each with as many parts
 * as there are lanes. A tap loads a vector for each row and each column and multiplies each with each.
 *
 * @param moving the operand of the columns
 * @param still the operand of the rows
 * @param target where the sums go
 * @param taps how many vectors make a sum
 */
record SumKernel(
        LaneKernel.Operand moving,
        LaneKernel.Operand still,
        Buffer target,
        List<Line> rows,
        List<Line> columns,
        IntExpr taps) {
    /** Where a row or column stands in its operand and in the target, relative to the first one. */
    record Line(IntExpr operand, IntExpr target) {}

    Routine routine(String name, Scopes names) {
        String movingAt = names.enter("movingAt");
        String stillAt = names.enter("stillAt");
        String targetAt = names.enter("targetAt");
        List<Step> steps = new ArrayList<>();
        String[][] sums = new String[rows.size()][columns.size()];
        for (int r = 0; r < rows.size(); r++) {
            for (int c = 0; c < columns.size(); c++) {
                sums[r][c] = names.enter("sum" + r + "_" + c);
                steps.add(new Step.Declare(sums[r][c], new Real.Spread(Real.ZERO), true));
            }
        }
        String tap = names.enter("tap");
        String movingTap = names.enter("movingTap");
        String stillTap = names.enter("stillTap");
        List<Step> body = new ArrayList<>();
        body.add(new Step.DeclareInt(movingTap, IntExpr.var(movingAt).plus(LaneKernel.at(moving, tap)), false));
        body.add(new Step.DeclareInt(stillTap, IntExpr.var(stillAt).plus(LaneKernel.at(still, tap)), false));
        List<Real> loaded = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            String local = names.enter("column" + c);
            IntExpr place = IntExpr.var(movingTap).plus(columns.get(c).operand());
            body.add(new Step.Declare(local, new Real.Lanes(moving.buffer(), place), false));
            loaded.add(new Real.Local(local, true));
        }
        for (int r = 0; r < rows.size(); r++) {
            String local = names.enter("row" + r);
            IntExpr place = IntExpr.var(stillTap).plus(rows.get(r).operand());
            body.add(new Step.Declare(local, new Real.Lanes(still.buffer(), place), false));
            for (int c = 0; c < columns.size(); c++) {
                Real sum = new Real.Local(sums[r][c], true);
                body.add(new Step.Assign(sums[r][c], new Real.Fma(loaded.get(c), new Real.Local(local, true), sum)));
            }
        }
        steps.add(Step.loop(tap, IntExpr.ZERO, taps, new Step.Block(body)));
        for (int r = 0; r < rows.size(); r++) {
            for (int c = 0; c < columns.size(); c++) {
                IntExpr place = IntExpr.var(targetAt)
                        .plus(rows.get(r).target())
                        .plus(columns.get(c).target());
                Real sum = new Real.SumOfLanes(new Real.Local(sums[r][c], true));
                steps.add(new Step.Store(target, place, sum));
            }
        }
        return new Routine(
                name,
                List.of(rows.size() + " by " + columns.size() + " sums along vectors."),
                List.copyOf(buffers()),
                List.of(movingAt, stillAt, targetAt),
                new Step.Block(steps));
    }

    private Set<Buffer> buffers() {
        Set<Buffer> buffers = new LinkedHashSet<>(List.of(moving.buffer()));
        moving.table().ifPresent(buffers::add);
        buffers.add(still.buffer());
        still.table().ifPresent(buffers::add);
        buffers.add(target);
        return buffers;
    }
}
