package dev.adjoint.bilinear;

/**
 * What a tile of two nested filters costs: {@code Y = Aᵀ[(G g G'ᵀ) ⊙ (Bᵀ d B')]A'}. Each transform is one of columns,
 * then one of rows: {@code M X M'ᵀ} runs the program of M for each column of X and that of M' for each row of M X.
 *
 * @param input of a tile's input; once for all kernels
 * @param kernel of a kernel; once for all tiles
 * @param output of a tile's output; once for all that is summed into it
 * @param products of transformed inputs and kernels, {@code n·n'}
 * @param directProducts that the direct sums of the same outputs take, {@code m·m'·r·r'}
 */
public record NestedCost(
        OperationCount input, OperationCount kernel, OperationCount output, long products, long directProducts) {
    /** Of one axis alone, if the other is F(1, 1). */
    public static NestedCost of(MinimalFilter rows, MinimalFilter columns) {
        Transforms down = Transforms.of(rows);
        Transforms across = Transforms.of(columns);
        return new NestedCost(
                nested(down.input(), across.input()),
                nested(down.kernel(), across.kernel()),
                nested(down.output(), across.output()),
                (long) rows.products() * columns.products(),
                (long) rows.outputs() * columns.outputs() * rows.taps() * columns.taps());
    }

    private static OperationCount nested(LinearProgram down, LinearProgram across) {
        return down.count()
                .times(across.inputs())
                .plus(across.count().times(down.outputs().size()));
    }
}
