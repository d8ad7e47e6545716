package dev.adjoint.plan;

import dev.adjoint.index.IntExpr;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Lane;
import dev.adjoint.loop.Place;
import dev.adjoint.loop.Routine;
import java.util.List;
import java.util.Map;

/** A contraction whose sums go along vectors, in blocks of rows by columns: {@link SumChoice} says how. */
final class SumBlocks extends LanePlan {
    private final SumChoice choice;
    private final Place moving;
    private final Place still;
    private final Place sums;
    private final Routine kernel;

    SumBlocks(SumChoice choice, Site site) {
        super(choice.contraction(), choice.taps(), site);
        this.choice = choice;
        Rows rows = choice.rows();
        Rows columns = choice.columns();
        this.moving = choice.along(
                place(choice.moving(), behind(choice.moving(), columns).plus(Lane.COUNT)));
        this.still = choice.along(place(choice.still(), behind(choice.still(), rows)));
        this.sums = choice.direct() ? choice.result() : scratchSums();
        SumKernel block = new SumKernel(
                operand(moving, "Moving"),
                operand(still, "Still"),
                sums.buffer(),
                lines(rows, still),
                lines(columns, moving),
                taps.count());
        this.kernel = block.routine(name + "Block" + rows.count() + "x" + columns.count(), locals.get());
    }

    private Place scratchSums() {
        IntExpr width = IntExpr.of(choice.columns().count());
        Buffer buffer = scratch(List.of(IntExpr.of(choice.rows().count()), width));
        return new Place(
                buffer,
                choice.rows().number().times(width).plus(choice.columns().number()));
    }

    private List<SumKernel.Line> lines(Rows of, Place operand) {
        List<SumKernel.Line> lines = new java.util.ArrayList<>();
        for (Map<String, IntExpr> each : of.offsets()) {
            lines.add(new SumKernel.Line(of.moved(operand, each), of.moved(sums, each)));
        }
        return lines;
    }

    @Override
    void nest() {
        lowering.nest(choice.outer(), () -> blocks(choice.rows(), () -> blocks(choice.columns(), this::block)));
    }

    private void block() {
        lowering.emit(call(kernel, List.of(base(moving), base(still), base(sums))));
        if (!choice.direct()) {
            finish(List.of(choice.rows(), choice.columns()), List.of(), sums);
        }
    }

    private IntExpr base(Place place) {
        return base(place, List.of(choice.rows(), choice.columns()), choice.run());
    }
}
