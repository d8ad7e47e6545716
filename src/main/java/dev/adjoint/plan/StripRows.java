package dev.adjoint.plan;

import dev.adjoint.expr.Rel;
import dev.adjoint.index.IntExpr;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Routine;
import dev.adjoint.loop.Scopes;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.Test;
import java.util.ArrayList;
import java.util.List;

/**
 * What a strip of tiles reads of one channel, in two steps. Rows are copied with zeros around, those that are m apart next
 * to each other: {@code rows[a, u, y] = o[m·(s + u) + a, y]}, the strip's first tile being the s-th. Then entries that
 * stand at the same place of neighbouring tiles become neighbours: {@code planes[a, b, u, t] = rows[a, u, m·t + b]}. Along
 * one axis there is no a and no u. Both are small enough to stay in the first cache until they are transformed, and each
 * thread has its own.
 *
 * @param rows with zeros around
 * @param planes what tiles are read from
 */
record StripRows(TileChoice choice, Buffer rows, Buffer planes) {
    /** The entries of the rows, and of the planes. */
    static IntExpr length(TileChoice choice) {
        return choice.plane().times(choice.classes()).times(choice.side());
    }

    /** Where the entries of tiles stand, the strip's first tile at 0. */
    IntExpr entry(List<IntExpr> at) {
        IntExpr number = IntExpr.ZERO;
        IntExpr place = IntExpr.ZERO;
        for (int e = 0; e < at.size(); e++) {
            IntExpr m = IntExpr.of(choice.axes().get(e).outputs());
            number = number.times(m).plus(at.get(e).mod(m));
            IntExpr extent = e < at.size() - 1 ? IntExpr.ONE : choice.width();
            place = place.times(extent).plus(at.get(e).floorDiv(m));
        }
        return number.times(choice.plane()).plus(place);
    }

    /** Where the copy starts: the channel's first entry in the operand, and the first place along the first axis. */
    List<IntExpr> start() {
        List<IntExpr> channel = new ArrayList<>(choice.places());
        choice.axes().forEach(a -> channel.set(a.axis(), IntExpr.ZERO));
        TileAxis first = choice.axes().get(0);
        return List.of(
                choice.moving().offset(channel),
                first.origin().plus(first.result().index()));
    }

    /** Copies the rows of a strip: a routine of {@link #start}. */
    Routine copy(String name, Scopes names) {
        String channel = names.enter("channel");
        String first = names.enter("first");
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Fill(rows, IntExpr.ZERO, length(choice), Real.ZERO));
        IntExpr from = IntExpr.var(channel);
        if (choice.axes().size() == 1) {
            steps.add(row(from, IntExpr.var(first), IntExpr.ZERO, names));
        } else {
            TileAxis down = choice.axes().get(0);
            IntExpr a = IntExpr.var(names.enter("a"));
            IntExpr u = IntExpr.var(names.enter("u"));
            IntExpr x = IntExpr.var(first).plus(u.times(down.outputs())).plus(a);
            IntExpr number = a.times(choice.height()).plus(u);
            Step row = row(
                    from.plus(x.times(stride(down))),
                    choice.axes().get(1).origin(),
                    number.times(choice.width()).times(choice.side()),
                    names);
            Test inside = Test.all(List.of(
                    new Test.Ints(Rel.GE, x, IntExpr.ZERO),
                    new Test.Ints(Rel.LT, x, choice.moving().shape().get(down.axis()))));
            Step each = Step.loop(u.toString(), IntExpr.ZERO, choice.height(), new Step.If(inside, row, null));
            steps.add(Step.loop(a.toString(), IntExpr.ZERO, IntExpr.of(down.outputs()), each));
        }
        return new Routine(
                name,
                List.of("Copies what a strip of tiles reads of " + choice.moving() + "."),
                List.of(choice.moving(), rows),
                List.of(channel, first),
                new Step.Block(steps));
    }

    /** A row that begins at some place along the last axis, as much of it as there is. */
    private Step row(IntExpr from, IntExpr begin, IntExpr to, Scopes names) {
        TileAxis across = choice.axes().get(choice.axes().size() - 1);
        IntExpr lo = begin.max(IntExpr.ZERO);
        IntExpr end = begin.plus(choice.width().times(across.outputs()));
        IntExpr hi = end.min(choice.moving().shape().get(across.axis()));
        IntExpr length = hi.minus(lo);
        IntExpr stride = stride(across);
        IntExpr source = from.plus(lo.times(stride));
        IntExpr goal = to.plus(lo.minus(begin));
        Step step;
        if (stride.equals(IntExpr.ONE)) {
            step = new Step.Copy(choice.moving(), source, rows, goal, length);
        } else {
            IntExpr y = IntExpr.var(names.enter("y"));
            Real entry = new Real.Load(choice.moving(), source.plus(y.times(stride)));
            step = new Step.Loop(
                    y.toString(), IntExpr.ZERO, length, IntExpr.ONE, new Step.Store(rows, goal.plus(y), entry));
        }
        return length.isConstant() && length.constant() > 0
                ? step
                : new Step.If(new Test.Ints(Rel.LT, lo, hi), step, null);
    }

    private IntExpr stride(TileAxis axis) {
        List<IntExpr> shape = choice.moving().shape();
        return shape.subList(axis.axis() + 1, shape.size()).stream().reduce(IntExpr.ONE, IntExpr::times);
    }
}
