package dev.adjoint.plan;

import dev.adjoint.expr.Expr;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Known;
import dev.adjoint.loop.Lane;
import dev.adjoint.loop.Place;
import dev.adjoint.lower.Tensors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** All the ways to compute a contraction along vectors of its sums that are looked at. */
final class SumChoices {
    private static final int MOST_ROWS = 12;

    private final Contraction contraction;
    private final Layouts layouts;
    private final Place result;
    private final boolean storable;
    private final List<LaneWay> found = new ArrayList<>();

    private SumChoices(Contraction contraction, Tensors tensors, Known sizes) {
        this.contraction = contraction;
        this.layouts = new Layouts(contraction, tensors, sizes);
        Buffer target = tensors.of(contraction.definition().target());
        this.result = new Place(target, target.offset(contraction.place()));
        Known around = sizes.within(contraction.free());
        boolean inside = IntStream.range(0, contraction.place().size())
                .allMatch(e -> around.isInside(
                        contraction.place().get(e), target.shape().get(e)));
        this.storable = inside && contraction.definition().rhs() == contraction.sum();
    }

    static List<LaneWay> of(Contraction contraction, Tensors tensors, Known sizes) {
        SumChoices choices = new SumChoices(contraction, tensors, sizes);
        choices.along(contraction.left(), contraction.right());
        choices.along(contraction.right(), contraction.left());
        if (contraction.left().ref().equals(contraction.right().ref())) {
            // A tensor times itself: two ways that differ in which factor is which have the same words.
            Set<String> names = new HashSet<>();
            choices.found.removeIf(way -> !names.add(way.toString()));
        }
        return choices.found;
    }

    private void along(Expr.Read moving, Expr.Read still) {
        List<Range> both = contraction.reduced().stream()
                .filter(r -> r.lo().isZero())
                .filter(r -> LaneChoices.holds(moving, r) && LaneChoices.holds(still, r))
                .toList();
        for (Range last : both) {
            along(moving, still, List.of(last));
            both.stream().filter(r -> !r.equals(last)).forEach(r -> along(moving, still, List.of(r, last)));
        }
    }

    private void along(Expr.Read moving, Expr.Read still, List<Range> run) {
        List<String> names = run.stream().map(Range::name).toList();
        Range last = run.get(run.size() - 1);
        Optional<Layout> lies = layouts.inPlace(moving).filter(l -> isWhole(l, run));
        Optional<Layout> both = layouts.inPlace(still).filter(l -> lies.isPresent() && isWhole(l, run));
        if (both.isPresent()) {
            IntExpr length =
                    run.size() == 1 ? last.extent() : run.get(0).extent().times(last.extent());
            blocks(moving, still, run, length, lies.get(), both.get());
            return;
        }
        Optional<Layout> copied = layouts.alongSums(moving, names);
        if (copied.isEmpty() || !isUnit(copied.get(), last)) {
            return;
        }
        Optional<IntExpr> width = run.size() == 1
                ? Optional.of(last.extent())
                : copied.get().place().stride(run.get(0).name());
        if (width.isEmpty() || run.size() > 1 && !isApart(width.get(), last)) {
            return;
        }
        IntExpr length = run.size() == 1
                ? last.extent()
                : run.get(0).extent().minus(1).times(width.get()).plus(last.extent());
        layouts.filledUp(still, names, width.get())
                .ifPresent(layout -> blocks(moving, still, run, length, copied.get(), layout));
    }

    private static boolean isUnit(Layout layout, Range last) {
        return layout.place().stride(last.name()).equals(Optional.of(IntExpr.ONE));
    }

    /** Whether the run lies without gaps, and is a whole number of vectors on every machine. */
    private static boolean isWhole(Layout layout, List<Range> run) {
        Range last = run.get(run.size() - 1);
        boolean dense =
                run.size() == 1 || layout.place().stride(run.get(0).name()).equals(Optional.of(last.extent()));
        IntExpr length = run.stream().map(Range::extent).reduce(IntExpr.ONE, IntExpr::times);
        return isUnit(layout, last) && dense && length.isConstant() && length.constant() % Lane.MOST == 0;
    }

    private static boolean isApart(IntExpr width, Range last) {
        return width.isConstant()
                && last.extent().isConstant()
                && width.constant() >= last.extent().constant();
    }

    private void blocks(
            Expr.Read moving, Expr.Read still, List<Range> run, IntExpr length, Layout first, Layout second) {
        List<Rows> rows = rows(still, moving, second);
        List<Rows> columns = rows(moving, still, first);
        for (Rows row : rows) {
            for (Rows column : columns) {
                if (Core.holds(row.count(), column.count())) {
                    boolean direct = storable && row.isEven() && column.isEven();
                    found.add(new SumChoice(contraction, run, length, first, second, row, column, direct, result));
                }
            }
        }
    }

    /** What a block may take of the free indices that one operand alone holds. */
    private List<Rows> rows(Expr.Read in, Expr.Read notIn, Layout layout) {
        List<Range> own = contraction.free().stream()
                .filter(r -> LaneChoices.holds(in, r) && !LaneChoices.holds(notIn, r))
                .toList();
        return LaneChoices.rows(own).stream()
                .filter(r -> r.count() <= MOST_ROWS && r.mayReadBehind(layout))
                .filter(r -> r.split()
                        .map(s -> layout.place().stride(s.name()).isPresent())
                        .orElse(true))
                .toList();
    }
}
