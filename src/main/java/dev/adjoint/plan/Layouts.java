package dev.adjoint.plan;

import dev.adjoint.expr.Expr;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Known;
import dev.adjoint.loop.Lane;
import dev.adjoint.loop.Place;
import dev.adjoint.loop.Solve;
import dev.adjoint.lower.Tensors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The ways in which an operand of a contraction may lie in memory: as it was given, or copied so that an index runs over
 * neighbouring entries.
 */
final class Layouts {
    private final Contraction contraction;
    private final Tensors tensors;
    private final Known known;
    private final Set<String> free;

    Layouts(Contraction contraction, Tensors tensors, Known sizes) {
        this.contraction = contraction;
        this.tensors = tensors;
        this.known = sizes.within(contraction.indices());
        this.free = contraction.free().stream().map(Range::name).collect(Collectors.toSet());
    }

    /** The operand where it was given; empty if it is read outside of its tensor, which counts as 0. */
    Optional<Layout> inPlace(Expr.Read read) {
        Buffer buffer = tensors.of(read.ref());
        for (int e = 0; e < read.index().size(); e++) {
            if (read.pad() != null
                    && !known.isInside(read.index().get(e), buffer.shape().get(e))) {
                return Optional.empty();
            }
        }
        return Optional.of(
                new Layout("as it lies", buffer, new Place(buffer, buffer.offset(read.index())), List.of(), List.of()));
    }

    /**
     * A copy with a border of zeros as wide as its reads reach. The axes along which the run goes stand last, in its
     * order; one that is read in steps of s is cut into its s residue classes, each of which is read in steps of one:
     * {@code o[s·i + m] = class_{m mod s}[i + m div s]}.
     *
     * @param run indices that are to be neighbours; the last one has stride 1 in the copy
     */
    Optional<Layout> windows(Expr.Read read, List<String> run) {
        return laid(read, run, false, true);
    }

    /** The same along summed indices: what else moves along an axis of the run may be any index. */
    Optional<Layout> alongSums(Expr.Read read, List<String> run) {
        return laid(read, run, false, false);
    }

    /**
     * A copy in which rows of the run are as long as a given width, and zeros follow: behind the last entry of each run
     * there are as many as a vector holds.
     */
    Optional<Layout> filledUp(Expr.Read read, List<String> run, IntExpr width) {
        Buffer source = tensors.of(read.ref());
        List<Packing.Axis> others = new ArrayList<>();
        Map<String, Packing.Axis> last = new LinkedHashMap<>();
        run.forEach(index -> last.put(index, new Packing.Axis(0, 1, IntExpr.ONE, IntExpr.ZERO)));
        List<IntExpr> origins = new ArrayList<>();
        for (int e = 0; e < source.shape().size(); e++) {
            IntExpr at = read.index().get(e);
            Optional<String> index = at.asVariable().filter(last::containsKey);
            boolean stays = known.isInside(at, source.shape().get(e));
            if (index.isEmpty() && run.stream().anyMatch(at.variables()::contains) || !stays) {
                return Optional.empty();
            }
            origins.add(IntExpr.ZERO);
            if (index.isEmpty()) {
                others.add(new Packing.Axis(e, 1, source.shape().get(e), at));
                continue;
            }
            boolean fastest = index.get().equals(run.get(run.size() - 1));
            IntExpr more = run.size() == 1
                    ? Lane.COUNT
                    : Lane.COUNT.plus(width).minus(1).floorDiv(width);
            IntExpr extent =
                    fastest && run.size() > 1 ? width : range(index.get()).hi().plus(more);
            last.put(index.get(), new Packing.Axis(e, 1, extent, at));
        }
        if (last.values().stream().anyMatch(axis -> axis.at().isZero())) {
            return Optional.empty();
        }
        others.addAll(last.values());
        return Optional.of(Layout.copy("copied between zeros", source, origins, others));
    }

    /**
     * The same, but with a copy for each shift along the last index of the run, so that a row of the copy is as long as
     * a row of the result: {@code o[j + n] = copy_n[j]}.
     */
    Optional<Layout> shifted(Expr.Read read, List<String> run) {
        return laid(read, run, true, true);
    }

    /**
     * A copy in blocks of values of one index, which vary fastest, in the order of the taps: {@code w[R·b + r, …] =
     * copy[b, …, r]}.
     */
    Optional<Layout> blocked(Expr.Read read, Range index, int block, Taps taps) {
        Buffer source = tensors.of(read.ref());
        List<Packing.Axis> axes = new ArrayList<>();
        List<Range> order = new ArrayList<>(contraction.free());
        order.addAll(taps.ranges());
        IntExpr width = IntExpr.of(block);
        int own = -1;
        Map<String, Integer> axisOf = new HashMap<>();
        for (int e = 0; e < read.index().size(); e++) {
            Optional<String> variable = read.index().get(e).asVariable();
            if (variable.isEmpty() || axisOf.putIfAbsent(variable.get(), e) != null) {
                return Optional.empty();
            }
            own = variable.get().equals(index.name()) ? e : own;
        }
        if (own < 0 || !inside(read)) {
            return Optional.empty();
        }
        for (Range range : order) {
            Integer e = axisOf.get(range.name());
            if (range.equals(index)) {
                axes.add(new Packing.Axis(
                        own,
                        block,
                        Solve.ceilDiv(range.hi(), block),
                        range.index().floorDiv(width)));
            } else if (e != null) {
                axes.add(new Packing.Axis(e, 1, source.shape().get(e), range.index()));
            }
        }
        axes.add(new Packing.Axis(own, 1, width, index.index().mod(width)));
        List<IntExpr> origins = new ArrayList<>();
        source.shape().forEach(extent -> origins.add(IntExpr.ZERO));
        return Optional.of(Layout.copy("copied in blocks of " + block + " " + index.name(), source, origins, axes));
    }

    private boolean inside(Expr.Read read) {
        Buffer source = tensors.of(read.ref());
        for (int e = 0; e < read.index().size(); e++) {
            if (!known.isInside(read.index().get(e), source.shape().get(e))) {
                return false;
            }
        }
        return true;
    }

    private Optional<Layout> laid(Expr.Read read, List<String> run, boolean shift, boolean alone) {
        Buffer source = tensors.of(read.ref());
        Map<Integer, String> runs = new HashMap<>();
        for (String index : run) {
            int axis = axisOf(read, index);
            if (axis < 0 || runs.put(axis, index) != null) {
                return Optional.empty();
            }
        }
        List<IntExpr> origins = new ArrayList<>();
        List<Packing.Axis> others = new ArrayList<>();
        List<Packing.Axis> classes = new ArrayList<>();
        Map<String, Packing.Axis> last = new LinkedHashMap<>();
        run.forEach(index -> last.put(index, new Packing.Axis(0, 1, IntExpr.ONE, IntExpr.ZERO)));
        for (int e = 0; e < source.shape().size(); e++) {
            IntExpr at = read.index().get(e);
            String index = runs.get(e);
            boolean stays = known.isInside(at, source.shape().get(e));
            IntExpr origin = stays ? IntExpr.ZERO : extreme(at, false);
            IntExpr span =
                    stays ? source.shape().get(e) : extreme(at, true).plus(1).minus(origin);
            IntExpr rest = at.minus(origin);
            long step = index == null ? 1 : at.coefficient(index).orElse(0);
            if (index == null) {
                others.add(new Packing.Axis(e, 1, span, rest));
            } else if (step < 1 || alone && !ofReduced(at.substitute(index, IntExpr.ZERO))) {
                return Optional.empty();
            } else if (shift && index.equals(run.get(run.size() - 1))) {
                IntExpr moved = at.substitute(index, IntExpr.ZERO);
                Optional<Packing.Axis> shifts = shifts(e, moved);
                if (shifts.isEmpty() && !moved.variables().stream().noneMatch(this::isIndex)) {
                    return Optional.empty();
                }
                origin = moved.substitute(zeros());
                shifts.ifPresent(classes::add);
                last.put(index, new Packing.Axis(e, step, range(index).hi(), IntExpr.var(index)));
            } else if (step == 1) {
                last.put(index, new Packing.Axis(e, 1, span, rest));
            } else {
                IntExpr by = IntExpr.of(step);
                IntExpr moved = rest.substitute(index, IntExpr.ZERO);
                classes.add(new Packing.Axis(e, 1, by, moved.mod(by)));
                last.put(
                        index,
                        new Packing.Axis(
                                e,
                                step,
                                Solve.ceilDiv(span, step),
                                IntExpr.var(index).plus(moved.floorDiv(by))));
            }
            origins.add(origin);
        }
        others.addAll(classes);
        others.addAll(last.values());
        String how = shift ? "copied once for each shift" : "copied";
        return Optional.of(Layout.copy(how, source, origins, others));
    }

    /** {@code c·n + k} as an axis of its own, for one index n. */
    private Optional<Packing.Axis> shifts(int axis, IntExpr e) {
        List<Range> moving = contraction.reduced().stream()
                .filter(r -> e.variables().contains(r.name()))
                .toList();
        if (moving.size() != 1) {
            return Optional.empty();
        }
        Range n = moving.get(0);
        OptionalLong step = e.coefficient(n.name());
        return step.isEmpty() || !n.lo().isZero()
                ? Optional.empty()
                : Optional.of(new Packing.Axis(axis, step.getAsLong(), n.hi(), n.index()));
    }

    private Map<String, IntExpr> zeros() {
        Map<String, IntExpr> zeros = new HashMap<>();
        contraction.indices().forEach(r -> zeros.put(r.name(), IntExpr.ZERO));
        return zeros;
    }

    private boolean isIndex(String name) {
        return contraction.indices().stream().anyMatch(r -> r.name().equals(name));
    }

    private Range range(String index) {
        return contraction.indices().stream()
                .filter(r -> r.name().equals(index))
                .findFirst()
                .orElseThrow();
    }

    private boolean ofReduced(IntExpr e) {
        return e.variables().stream().noneMatch(free::contains);
    }

    /** The one axis in which an index stands; −1 if there are none or several. */
    private static int axisOf(Expr.Read read, String index) {
        int found = -1;
        for (int e = 0; e < read.index().size(); e++) {
            if (read.index().get(e).variables().contains(index)) {
                if (found >= 0) {
                    return -1;
                }
                found = e;
            }
        }
        return found;
    }

    /** The least or the greatest value of an affine form over the contraction's box. */
    private IntExpr extreme(IntExpr e, boolean greatest) {
        Map<String, IntExpr> corner = new HashMap<>();
        for (Range range : contraction.indices()) {
            boolean last = e.coefficient(range.name()).orElseThrow() > 0 == greatest;
            corner.put(range.name(), last ? range.hi().minus(1) : range.lo());
        }
        return e.substitute(corner);
    }
}
