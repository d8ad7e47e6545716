package dev.adjoint.report.figure;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An equation that slides a window over a plane: {@code x[…, i, …] = … T[…, i*S+k-P, …] …}. An axis of T is spatial if
 * its place is made of an index of the result and of more than that; the rest of an image are batches and channels,
 * whose places are indices alone.
 *
 * @param read how the plane is read
 * @param weights how what multiplies it is read; null if it is multiplied by no entry of the window's own
 * @param axes one or two
 */
record Sliding(Layer layer, Equation equation, Expr.Read read, Expr.@Nullable Read weights, List<Axis> axes) {
    /** More axes than these do not lie on paper. */
    private static final int MOST_AXES = 2;

    /**
     * A spatial axis.
     *
     * @param window the range of the index that runs over the window; null if the window is one entry
     * @param weightAxis the axis of the weights that this index counts; −1 if there is none
     */
    record Axis(
            int outputAxis,
            int inputAxis,
            int weightAxis,
            String index,
            @Nullable Range window,
            IntExpr place) {}

    Sliding {
        axes = List.copyOf(axes);
    }

    Ref output() {
        return Ref.value(equation.target().name());
    }

    Ref input() {
        return read.ref();
    }

    Optional<Ref> kernel() {
        return Optional.ofNullable(weights).map(Expr.Read::ref);
    }

    /** The equations of the layer that slide a window over one axis or two, in order. */
    static List<Sliding> of(Layer layer) {
        List<Sliding> all = new ArrayList<>();
        for (Equation equation : layer.equations()) {
            Finder finder = new Finder(layer, equation);
            finder.expr(equation.rhs());
            if (finder.found != null && finder.found.axes().size() <= MOST_AXES) {
                all.add(finder.found);
            }
        }
        return all;
    }

    private static final class Finder extends Rewriter {
        private final Layer layer;
        private final Equation equation;
        private final List<Range> bound = new ArrayList<>();
        private List<Expr> siblings = List.of();
        private @Nullable Sliding found;

        Finder(Layer layer, Equation equation) {
            this.layer = layer;
            this.equation = equation;
        }

        @Override
        public Expr expr(Expr e) {
            if (found != null) {
                return e;
            }
            if (e instanceof Expr.Reduce r) {
                int depth = bound.size();
                bound.addAll(r.ranges());
                expr(r.body());
                bound.subList(depth, bound.size()).clear();
                return e;
            }
            if (e instanceof Expr.Mul m) {
                List<Expr> outer = siblings;
                siblings = m.factors();
                m.factors().forEach(this::expr);
                siblings = outer;
                return e;
            }
            if (e instanceof Expr.Read r && r.ref().kind() == Ref.Kind.VALUE) {
                read(r);
                return e;
            }
            return super.expr(e);
        }

        private void read(Expr.Read r) {
            boolean learned = layer.tensor(r.ref().name())
                    .filter(t -> t.role() == Tensor.Role.PARAM)
                    .isPresent();
            List<Axis> axes = new ArrayList<>();
            Expr.Read weights = learned ? null : weights(r);
            for (int k = 0; k < r.index().size() && !learned; k++) {
                axis(r.index().get(k), k, weights).ifPresent(axes::add);
            }
            boolean slides = axes.stream().anyMatch(a -> a.window() != null || !isShift(a));
            long distinct = axes.stream().map(Axis::outputAxis).distinct().count();
            if (slides && distinct == axes.size()) {
                boolean used = weights != null
                        && axes.stream().anyMatch(a -> a.weightAxis() >= 0)
                        && axes.stream().noneMatch(a -> isOfPlace(weights, a));
                found = new Sliding(layer, equation, r, used ? weights : null, axes);
            }
        }

        /** Whether each place of the output has weights of its own, so that none are shared. */
        private static boolean isOfPlace(Expr.Read weights, Axis axis) {
            return weights.index().stream().anyMatch(i -> i.variables().contains(axis.index()));
        }

        private static boolean isShift(Axis a) {
            long c = a.place().coefficient(a.index()).orElse(0);
            return c == 1 || c == -1;
        }

        private Optional<Axis> axis(IntExpr place, int inputAxis, Expr.@Nullable Read weights) {
            for (int k = 0; k < equation.indices().size(); k++) {
                Range out = equation.indices().get(k);
                if (!place.variables().contains(out.name()) || place.equals(out.index())) {
                    continue;
                }
                Range window = bound.stream()
                        .filter(r -> place.variables().contains(r.name()))
                        .findFirst()
                        .orElse(null);
                int weightAxis =
                        window == null || weights == null ? -1 : weights.index().indexOf(window.index());
                return Optional.of(new Axis(k, inputAxis, weightAxis, out.name(), window, place));
            }
            return Optional.empty();
        }

        /** What stands beside the read in its product and is indexed by the window. */
        private Expr.@Nullable Read weights(Expr.Read r) {
            for (Expr sibling : siblings) {
                if (sibling instanceof Expr.Read other
                        && other.ref().kind() == Ref.Kind.VALUE
                        && !other.ref().equals(r.ref())
                        && bound.stream().anyMatch(b -> other.index().contains(b.index()))) {
                    return other;
                }
            }
            return null;
        }
    }
}
