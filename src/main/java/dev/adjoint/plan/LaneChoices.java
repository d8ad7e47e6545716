package dev.adjoint.plan;

import dev.adjoint.expr.Expr;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Known;
import dev.adjoint.loop.Place;
import dev.adjoint.lower.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All the ways to compute a contraction with vectors that are looked at. */
final class LaneChoices {
    /** Registers of a machine with vectors of 512 bits. */
    private static final int WIDEST = 8;

    private static final int MOST_ROWS = 28;

    /** So many products are worth that sums are loaded and stored again. */
    private static final long LONG = 64;

    private final Contraction contraction;
    private final Tensors tensors;
    private final Layouts layouts;
    private final Place result;
    private final Optional<Place> start;
    private final boolean plain;
    /** Whether the target has every result. */
    private final boolean inside;

    private final List<LaneWay> found = new ArrayList<>();

    private LaneChoices(Contraction contraction, Tensors tensors, Known sizes) {
        this.contraction = contraction;
        this.tensors = tensors;
        this.layouts = new Layouts(contraction, tensors, sizes);
        Buffer target = tensors.of(contraction.definition().target());
        this.result = new Place(target, target.offset(contraction.place()));
        Known around = sizes.within(contraction.free());
        this.inside = IntStream.range(0, contraction.place().size())
                .allMatch(e -> around.isInside(
                        contraction.place().get(e), target.shape().get(e)));
        this.start = start(contraction, tensors);
        this.plain = contraction.definition().rhs() == contraction.sum();
    }

    /** None if no operand can be loaded by vectors. */
    static List<LaneWay> of(Contraction contraction, Tensors tensors, Known sizes) {
        LaneChoices choices = new LaneChoices(contraction, tensors, sizes);
        choices.along(contraction.left(), contraction.right());
        choices.along(contraction.right(), contraction.left());
        return choices.found;
    }

    /** The summand that is the same along every run, if it is all that stands beside the sum. */
    static Optional<Place> start(Contraction contraction, Tensors tensors) {
        if (!(contraction.definition().rhs() instanceof Expr.Add add)
                || add.terms().size() != 2) {
            return Optional.empty();
        }
        Expr other = add.terms().get(add.terms().get(0) == contraction.sum() ? 1 : 0);
        if (!(other instanceof Expr.Read read)
                || read.pad() != null
                || !add.terms().contains(contraction.sum())) {
            return Optional.empty();
        }
        Buffer buffer = tensors.of(read.ref());
        return buffer.integer() ? Optional.empty() : Optional.of(new Place(buffer, buffer.offset(read.index())));
    }

    private void along(Expr.Read moving, Expr.Read still) {
        List<Range> own = contraction.free().stream()
                .filter(r -> holds(moving, r) && !holds(still, r))
                .toList();
        List<Range> others = contraction.free().stream()
                .filter(r -> holds(still, r) && !holds(moving, r))
                .toList();
        List<Rows> rows = rows(others);
        for (Range last : own) {
            along(moving, still, List.of(last), rows);
            own.stream().filter(r -> !r.equals(last)).forEach(r -> along(moving, still, List.of(r, last), rows));
        }
    }

    static boolean holds(Expr.Read read, Range range) {
        return read.index().stream().anyMatch(e -> e.variables().contains(range.name()));
    }

    /** Some values of one index, all values of a few others that have not many. */
    static List<Rows> rows(List<Range> others) {
        List<Range> few = others.stream()
                .filter(r -> r.extent().isConstant() && r.extent().constant() <= MOST_ROWS)
                .toList();
        List<Rows> all = new ArrayList<>();
        for (int set = 0; set < 1 << few.size(); set++) {
            int chosen = set;
            List<Range> whole = IntStream.range(0, few.size())
                    .filter(k -> (chosen >> k & 1) != 0)
                    .mapToObj(few::get)
                    .toList();
            Rows alone = new Rows(Optional.empty(), 1, whole);
            if (whole.stream().mapToDouble(r -> r.extent().constant()).reduce(1, (a, b) -> a * b) > MOST_ROWS) {
                continue;
            }
            all.add(alone);
            for (Range range : others) {
                for (int block = 2; !whole.contains(range) && block * alone.count() <= MOST_ROWS; block++) {
                    if (!range.extent().isConstant() || block <= range.extent().constant()) {
                        all.add(new Rows(Optional.of(range), block, whole));
                    }
                }
            }
        }
        return all;
    }

    private void along(Expr.Read moving, Expr.Read still, List<Range> run, List<Rows> rows) {
        List<String> names = run.stream().map(Range::name).toList();
        Optional<Layout> windows = layouts.windows(moving, names);
        Optional<Layout> shifted = layouts.shifted(moving, names)
                .filter(s -> windows.stream().noneMatch(w -> w.axes().equals(s.axes())));
        List<Layout> lying = Stream.of(layouts.inPlace(moving), windows, shifted)
                .flatMap(Optional::stream)
                .filter(l -> isRun(l.place(), run))
                .toList();
        if (lying.isEmpty()) {
            return;
        }
        Optional<Layout> inPlace = layouts.inPlace(still);
        Optional<Layout> bordered = inPlace.isPresent() ? Optional.empty() : layouts.windows(still, List.of());
        for (Layout first : lying) {
            Taps taps = new Taps(contraction.reduced()).along(first.place());
            for (Rows each : rows) {
                Optional<Layout> blocked = each.split()
                        .filter(r -> each.whole().isEmpty())
                        .flatMap(r -> layouts.blocked(still, r, each.block(), taps));
                Stream.of(inPlace, bordered, blocked)
                        .flatMap(Optional::stream)
                        .forEach(second -> blocks(taps, run, first, second, each));
            }
        }
    }

    /** Whether neighbouring values of the last index are neighbours, and rows of it do not overlap. */
    private static boolean isRun(Place place, List<Range> run) {
        Range last = run.get(run.size() - 1);
        return place.stride(last.name()).equals(Optional.of(IntExpr.ONE))
                && (run.size() == 1 || place.stride(run.get(0).name()).isPresent());
    }

    private void blocks(Taps taps, List<Range> run, Layout moving, Layout still, Rows rows) {
        if (!rows.mayReadBehind(still)) {
            return;
        }
        IntExpr stride = run.size() == 1
                ? run.get(0).extent()
                : moving.place().stride(run.get(0).name()).orElseThrow();
        for (int vectors = 1; vectors <= WIDEST; vectors++) {
            if (!Core.holds(rows.count(), vectors)) {
                return;
            }
            LaneChoice choice = new LaneChoice(
                    contraction,
                    taps,
                    Optional.empty(),
                    run,
                    stride,
                    moving,
                    still,
                    rows,
                    vectors,
                    false,
                    false,
                    Optional.empty(),
                    result);
            if (isRow(choice)) {
                consider(choice, moving);
            }
        }
    }

    private void consider(LaneChoice scratch, Layout moving) {
        boolean direct = isDirect(scratch);
        boolean fits = scratch.fits(1);
        LaneChoice choice = direct && fits ? scratch.stored(plain ? Optional.empty() : start) : scratch;
        if (!moving.isCopy() && !fits) {
            return;
        }
        found.add(choice);
        if (choice.direct() && !choice.rows().blocks().equals(IntExpr.ONE)) {
            found.add(choice.placesFirst());
        }
        if (moving.isCopy()) {
            slowest(scratch).ifPresent(r -> found.add(scratch.around(r)));
        }
    }

    /**
     * The first summed index with more than one value, if it moves both operands by the same steps everywhere and what
     * is left makes long sums. Such sums are kept in scratch memory, where vectors may reach behind the run: nothing is
     * added to a sum twice.
     */
    private static Optional<Range> slowest(LaneChoice choice) {
        List<Range> summed = choice.taps().ranges().stream()
                .filter(r -> !r.extent().equals(IntExpr.ONE))
                .toList();
        if (summed.isEmpty()) {
            return Optional.empty();
        }
        Range first = summed.get(0);
        IntExpr left = new Taps(summed.subList(1, summed.size())).count();
        boolean isLong = first.extent().isConstant() && left.isConstant() && left.constant() >= LONG;
        boolean isEven = choice.moving().place().stride(first.name()).isPresent()
                && choice.still().place().stride(first.name()).isPresent();
        return isLong && isEven ? Optional.of(first) : Optional.empty();
    }

    /** Whether places on the run of two indices tell results apart: rows are at least as far from each other as long. */
    private static boolean isRow(LaneChoice choice) {
        List<Range> run = choice.run();
        IntExpr stride = choice.stride();
        return run.size() == 1
                || stride.equals(run.get(1).extent())
                || stride.isConstant()
                        && run.get(1).extent().isConstant()
                        && stride.constant() >= run.get(1).extent().constant();
    }

    /** Whether sums may be stored where they belong: the run is one of the target, and nothing lies between its rows. */
    private boolean isDirect(LaneChoice choice) {
        List<Range> run = choice.run();
        Range last = run.get(run.size() - 1);
        boolean neighbours = result.stride(last.name()).equals(Optional.of(IntExpr.ONE));
        boolean dense = run.size() == 1
                || choice.stride().equals(last.extent())
                        && result.stride(run.get(0).name()).equals(Optional.of(last.extent()));
        boolean starts = start.isPresent()
                && run.stream().noneMatch(r -> start.get().at().variables().contains(r.name()));
        return inside && neighbours && dense && choice.rows().isEven() && (plain || starts);
    }
}
