package dev.adjoint.plan;

import dev.adjoint.bilinear.CookToom;
import dev.adjoint.bilinear.MinimalFilter;
import dev.adjoint.bilinear.NestedCost;
import dev.adjoint.bilinear.OperationCount;
import java.util.List;

/** About how many cycles the transforms of as many tiles take as a vector has lanes, by filters along one axis or two. */
final class TransformCost {
    /** To load or to store a vector, and for an operation on it. */
    private static final double ENTRY = 1;

    private static final double OPERATION = 0.5;

    /** To call a transform. */
    private static final double CALL = 20;

    private static final MinimalFilter ALONE = CookToom.of(1, 1).filter();

    private final MinimalFilter down;
    private final MinimalFilter across;
    private final NestedCost nested;
    private final double between;

    TransformCost(List<? extends FilterAxis> axes) {
        this.down = axes.get(0).filter();
        this.across = axes.size() == 1 ? ALONE : axes.get(1).filter();
        this.nested = NestedCost.of(down, across);
        this.between = axes.size() == 1 ? 0 : 1;
    }

    /** To transform inputs. */
    double ofInput() {
        return of(nested.input(), down.products(), down.products(), across.products(), across.products());
    }

    /** To transform kernels. */
    double ofKernel() {
        return of(nested.kernel(), down.taps(), down.products(), across.taps(), across.products());
    }

    /** To transform sums of products. */
    double ofOutput() {
        return of(nested.output(), down.products(), down.outputs(), across.products(), across.outputs());
    }

    /** Of a block of {@code n × k} vectors one of {@code n' × k'}, and between the two one of {@code n' × k}. */
    private double of(OperationCount count, double n, double n1, double k, double k1) {
        return CALL + ENTRY * (n * k + n1 * k1 + 2 * between * n1 * k) + OPERATION * count.instructions();
    }
}
