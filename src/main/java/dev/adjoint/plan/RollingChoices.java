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
import java.util.stream.Stream;

/** All the ways to compute a contraction by {@linkplain RollingChoice rolling rows} that are looked at. */
final class RollingChoices {
    private static final int WIDEST = 4;
    private static final int MOST_ROWS = 8;

    /** The most sums of products that are written out: a method stays far below what HotSpot compiles. */
    private static final int MOST_PRODUCTS = 80;

    private final Contraction contraction;
    private final Layouts layouts;
    private final Place result;
    private final Optional<Place> start;
    private final Set<String> indices = new HashSet<>();
    private final List<LaneWay> found = new ArrayList<>();

    private RollingChoices(Contraction contraction, Tensors tensors, Known sizes) {
        this.contraction = contraction;
        this.layouts = new Layouts(contraction, tensors, sizes);
        Buffer target = tensors.of(contraction.definition().target());
        this.result = new Place(target, target.offset(contraction.place()));
        this.start = LaneChoices.start(contraction, tensors);
        contraction.indices().forEach(r -> indices.add(r.name()));
    }

    static List<LaneWay> of(Contraction contraction, Tensors tensors, Known sizes) {
        RollingChoices choices = new RollingChoices(contraction, tensors, sizes);
        Buffer target = tensors.of(contraction.definition().target());
        Known around = sizes.within(contraction.free());
        boolean inside = IntStream.range(0, contraction.place().size())
                .allMatch(e -> around.isInside(
                        contraction.place().get(e), target.shape().get(e)));
        boolean plain = contraction.definition().rhs() == contraction.sum();
        boolean few = contraction.reduced().stream().allMatch(r -> r.extent().isConstant())
                && contraction.reduced().stream()
                                .mapToDouble(r -> r.extent().constant())
                                .reduce(1, (a, b) -> a * b)
                        < Core.REGISTERS / 2;
        if (inside && few && (plain || choices.start.isPresent())) {
            choices.planes(contraction.left(), contraction.right());
            choices.planes(contraction.right(), contraction.left());
        }
        return choices.found;
    }

    private void planes(Expr.Read moving, Expr.Read still) {
        List<Range> own = contraction.free().stream()
                .filter(r -> LaneChoices.holds(moving, r) && !LaneChoices.holds(still, r))
                .filter(r -> r.extent().isConstant() && r.lo().isZero() && startsAlike(r))
                .toList();
        for (Range run : own) {
            for (Range row : own) {
                if (!row.equals(run) && result.stride(run.name()).equals(Optional.of(IntExpr.ONE))) {
                    List<Layout> stills = Stream.of(layouts.inPlace(still), layouts.windows(still, List.of()))
                            .flatMap(Optional::stream)
                            .limit(1)
                            .toList();
                    stills.forEach(s -> rows(moving, s, row, run));
                }
            }
        }
    }

    private boolean startsAlike(Range index) {
        return start.stream().noneMatch(s -> s.at().variables().contains(index.name()));
    }

    private void rows(Expr.Read moving, Layout still, Range row, Range run) {
        Stream.of(layouts.inPlace(moving), layouts.windows(moving, List.of(run.name())))
                .flatMap(Optional::stream)
                .limit(1)
                .forEach(m -> blocks(m, still, row, run, false));
        layouts.shifted(moving, List.of(row.name(), run.name()))
                .filter(m -> isStride(m.place(), row, run.extent()) && isStride(result, row, run.extent()))
                .ifPresent(m -> blocks(m, still, row, run, true));
    }

    private static boolean isStride(Place place, Range index, IntExpr stride) {
        return place.stride(index.name()).equals(Optional.of(stride));
    }

    private void blocks(Layout moving, Layout still, Range row, Range run, boolean dense) {
        if (!isStride(moving.place(), run, IntExpr.ONE)) {
            return;
        }
        Taps taps = new Taps(contraction.reduced()).along(moving.place());
        for (int block = 2; block <= Math.min(MOST_ROWS, row.extent().constant()); block++) {
            for (int vectors = 1; vectors <= WIDEST; vectors++) {
                RollingChoice choice = new RollingChoice(
                        contraction, taps, row, run, dense, moving, still, block, vectors, start, result);
                if (fits(choice)) {
                    found.add(choice);
                }
            }
        }
    }

    /** Whether it has registers, whether vectors end where results do, and whether some load serves several rows. */
    private boolean fits(RollingChoice choice) {
        int sums = choice.block() * choice.vectors();
        long products = sums * choice.taps().count().constant();
        if (choice.taps().count().constant() + sums + 1 > Core.REGISTERS || products > MOST_PRODUCTS) {
            return false;
        }
        long before = choice.dense()
                ? (choice.row().extent().constant() - choice.block())
                        * choice.run().extent().constant()
                : 0;
        if (before + choice.run().extent().constant() < Lane.MOST * choice.vectors()) {
            return false;
        }
        List<IntExpr> places =
                new ArrayList<>(choice.loads(choice.moving().place()).keySet());
        boolean shared = places.size() < choice.block() * choice.taps().count().constant();
        places.addAll(choice.moved(choice.still().place()));
        return shared
                && places.stream()
                        .flatMap(p -> p.variables().stream())
                        .noneMatch(v -> indices.contains(v) || v.startsWith("$"));
    }
}
