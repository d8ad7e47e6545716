package dev.adjoint.plan;

import dev.adjoint.index.IntExpr;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Lane;
import dev.adjoint.loop.Place;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Routine;
import dev.adjoint.loop.Scopes;
import dev.adjoint.loop.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A contraction by rolling rows: {@link RollingChoice} says how. One kernel goes along a block of rows of results; the
 * last block is moved back to end with the last row, and computes again what the one before it did.
 */
final class RollingRows extends LanePlan {
    private final RollingChoice choice;
    private final Place moving;
    private final Place still;
    private final Routine kernel;

    RollingRows(RollingChoice choice, Site site) {
        super(choice.contraction(), choice.taps(), site);
        this.choice = choice;
        this.moving = place(choice.moving(), IntExpr.ZERO);
        this.still = place(choice.still(), IntExpr.ZERO);
        this.kernel = kernel(locals.get());
    }

    @Override
    void nest() {
        lowering.nest(choice.outer(), () -> {
            String number = choice.row().name() + "Block";
            IntExpr first = IntExpr.var(number)
                    .times(choice.block())
                    .min(choice.row().hi().minus(choice.block()));
            lowering.loop(
                    number,
                    IntExpr.ZERO,
                    choice.rows().blocks(),
                    1,
                    () -> lowering.where(choice.row().name(), lowering.integer(first), this::block));
        });
    }

    private void block() {
        List<IntExpr> ints = new ArrayList<>(List.of(base(moving), base(still), base(choice.result())));
        ints.add(lowering.integer(choice.last()));
        choice.start().ifPresent(s -> ints.add(base(s)));
        lowering.emit(call(kernel, ints));
    }

    private IntExpr base(Place place) {
        return base(place, List.of(choice.rows()), List.of(choice.run()));
    }

    private Routine kernel(Scopes names) {
        List<String> ints = new ArrayList<>();
        List.of("movingAt", "stillAt", "targetAt", "last").forEach(s -> ints.add(names.enter(s)));
        Real from = Real.ZERO;
        Set<Buffer> buffers = new LinkedHashSet<>(List.of(moving.buffer(), still.buffer()));
        if (choice.start().isPresent()) {
            Buffer start = choice.start().get().buffer();
            ints.add(names.enter("startAt"));
            from = new Real.Load(start, IntExpr.var(ints.get(4)));
            buffers.add(start);
        }
        buffers.add(target);
        List<Step> steps = new ArrayList<>();
        List<Real> factors = new ArrayList<>();
        for (IntExpr moved : choice.moved(still)) {
            Real factor = new Real.Load(still.buffer(), IntExpr.var(ints.get(1)).plus(moved));
            factors.add(declared(steps, names.enter("factor" + factors.size()), new Real.Spread(factor)));
        }
        Real first = declared(steps, names.enter("first"), new Real.Spread(from));
        String round = names.enter("round");
        String at = names.enter("at");
        List<Step> body = new ArrayList<>();
        body.add(new Step.DeclareInt(at, IntExpr.var(round).min(IntExpr.var(ints.get(3))), false));
        List<List<String>> sums = sums(body, first, names);
        products(body, factors, sums, IntExpr.var(ints.get(0)).plus(IntExpr.var(at)), names);
        for (int r = 0; r < choice.block(); r++) {
            IntExpr down =
                    choice.rows().moved(choice.result(), Map.of(choice.row().name(), IntExpr.of(r)));
            for (int v = 0; v < choice.vectors(); v++) {
                IntExpr place = IntExpr.var(ints.get(2)).plus(IntExpr.var(at)).plus(down);
                body.add(new Step.Store(
                        target,
                        place.plus(Lane.COUNT.times(v)),
                        new Real.Local(sums.get(r).get(v), true)));
            }
        }
        steps.add(new Step.Loop(
                round, IntExpr.ZERO, choice.run().extent(), Lane.COUNT.times(choice.vectors()), new Step.Block(body)));
        return new Routine(
                name + "Rows" + choice.block() + "x" + choice.vectors(),
                List.of("Along " + choice.block()
                        + " rows of results: each vector that is loaded serves all that read it."),
                List.copyOf(buffers),
                ints,
                new Step.Block(steps));
    }

    /** A local for each vector of sums, row by row. */
    private List<List<String>> sums(List<Step> body, Real first, Scopes names) {
        List<List<String>> sums = new ArrayList<>();
        for (int r = 0; r < choice.block(); r++) {
            List<String> row = new ArrayList<>();
            for (int v = 0; v < choice.vectors(); v++) {
                row.add(names.enter("sum" + r + "_" + v));
                body.add(new Step.Declare(row.get(v), first, true));
            }
            sums.add(row);
        }
        return sums;
    }

    /** All products of a block, load by load. */
    private void products(
            List<Step> body, List<Real> factors, List<List<String>> sums, IntExpr movingAt, Scopes names) {
        int number = 0;
        for (Map.Entry<IntExpr, List<RollingChoice.Use>> load :
                choice.loads(moving).entrySet()) {
            for (int v = 0; v < choice.vectors(); v++) {
                IntExpr place = movingAt.plus(load.getKey()).plus(Lane.COUNT.times(v));
                String local = names.enter(moving.buffer().name() + number++);
                Real vector = declared(body, local, new Real.Lanes(moving.buffer(), place));
                for (RollingChoice.Use use : load.getValue()) {
                    String sum = sums.get(use.row()).get(v);
                    body.add(new Step.Assign(
                            sum, new Real.Fma(vector, factors.get(use.tap()), new Real.Local(sum, true))));
                }
            }
        }
    }

    private static Real declared(List<Step> steps, String local, Real value) {
        steps.add(new Step.Declare(local, value, false));
        return new Real.Local(local, true);
    }
}
