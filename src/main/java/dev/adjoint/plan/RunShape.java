package dev.adjoint.plan;

import dev.adjoint.expr.Expr;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Buffer;
import dev.adjoint.lower.Tensors;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A contraction with fixed bounds in numbers, one operand taken for the one along which results run: an index has the
 * number that it has among {@link Contraction#indices()}, the free ones first.
 *
 * @param moving the operand along which results run
 * @param still the operand of which one entry at a time multiplies a whole run
 * @param free how many indices are free
 * @param least the least value of each index
 * @param extents how many values each index has
 * @param axes the axis of the moving operand that each index moves along, by itself or with others; -1 if none
 * @param steps how far it moves there
 * @param strides how far each index moves in the flat array of the still operand
 * @param targets the same for the target
 */
record RunShape(
        Contraction contraction,
        Expr.Read moving,
        Expr.Read still,
        int free,
        long[] least,
        long[] extents,
        int[] axes,
        long[] steps,
        long[] strides,
        long[] targets) {

    /** @param still as it is to be read: inside of its tensor */
    static Optional<RunShape> of(Contraction c, Expr.Read moving, Expr.Read still, Tensors tensors) {
        List<Range> indices = c.indices();
        Buffer target = tensors.of(c.definition().target());
        boolean fixed = indices.stream().allMatch(r -> r.lo().isConstant() && r.hi().isConstant())
                && Stream.of(tensors.of(moving.ref()), tensors.of(still.ref()), target)
                        .flatMap(b -> b.shape().stream())
                        .allMatch(IntExpr::isConstant);
        if (!fixed || indices.stream().anyMatch(r -> r.extent().constant() < 1)) {
            return Optional.empty();
        }
        int n = indices.size();
        int[] axes = new int[n];
        long[] steps = new long[n];
        for (int k = 0; k < n; k++) {
            axes[k] = -1;
            for (int axis = 0; axis < moving.index().size(); axis++) {
                long step = moving.index()
                        .get(axis)
                        .coefficient(indices.get(k).name())
                        .orElseThrow();
                if (step != 0 && axes[k] >= 0) {
                    return Optional.empty();
                }
                if (step != 0) {
                    axes[k] = axis;
                    steps[k] = step;
                }
            }
        }
        return Optional.of(new RunShape(
                c,
                moving,
                still,
                c.free().size(),
                indices.stream().mapToLong(r -> r.lo().constant()).toArray(),
                indices.stream().mapToLong(r -> r.extent().constant()).toArray(),
                axes,
                steps,
                strides(tensors.of(still.ref()).offset(still.index()), indices),
                strides(target.offset(c.place()), indices)));
    }

    private static long[] strides(IntExpr at, List<Range> indices) {
        return indices.stream()
                .mapToLong(r -> at.coefficient(r.name()).orElseThrow())
                .toArray();
    }

    Range index(int k) {
        return contraction.indices().get(k);
    }

    int size() {
        return extents.length;
    }

    boolean isReduced(int k) {
        return k >= free;
    }

    /** Whether results may run along the index: one entry of the still operand serves all its values. */
    boolean runs(int k) {
        return !isReduced(k) && steps[k] > 0 && strides[k] == 0 && isAbsent(k);
    }

    /** Whether several values of the index share what is loaded of the moving operand. */
    boolean isLane(int k) {
        return !isReduced(k) && axes[k] < 0;
    }

    private boolean isAbsent(int k) {
        String name = index(k).name();
        return still.index().stream().noneMatch(e -> e.variables().contains(name));
    }

    /** Indices that move along the axis, but for one. */
    int[] others(int axis, int but) {
        return IntStream.range(0, size())
                .filter(k -> axes[k] == axis && k != but)
                .toArray();
    }
}
