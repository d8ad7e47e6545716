package dev.adjoint.bilinear;

/**
 * The three transforms of a filter as straight-line programs.
 *
 * @param output {@code y = Aᵀ z}
 * @param kernel {@code u = G g}
 * @param input {@code v = Bᵀ d}
 */
public record Transforms(LinearProgram output, LinearProgram kernel, LinearProgram input) {
    public static Transforms of(MinimalFilter filter) {
        return new Transforms(
                LinearProgram.of(filter.output()), LinearProgram.of(filter.kernel()), LinearProgram.of(filter.input()));
    }

    /** The most roundings on a path through a kernel's or an input's transform, and through the output's. */
    int roundings(Precision precision) {
        return kernel.roundings(precision) + input.roundings(precision) + output.roundings(precision);
    }
}
