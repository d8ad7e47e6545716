package dev.adjoint.bilinear;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.numbers.fraction.BigFraction;

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

    /**
     * {@code max_i Σ_t |Aᵀ|_it·(Σ_k |G|_tk)·(Σ_j |Bᵀ|_tj)}: how large the terms may be that are added to an output, in
     * units of {@code max|g|·max|d|}. No scaling of the three transforms changes it.
     */
    BigFraction growth() {
        List<BigFraction> u = kernel.absolute().rowSums();
        List<BigFraction> v = input.absolute().rowSums();
        List<BigFraction> z = IntStream.range(0, u.size())
                .mapToObj(t -> u.get(t).multiply(v.get(t)))
                .toList();
        return output.absolute().times(z).stream().max(BigFraction::compareTo).orElseThrow();
    }

    /** The most roundings on a path through a kernel's or an input's transform, and through the output's. */
    int roundings(Precision precision) {
        return kernel.roundings(precision) + input.roundings(precision) + output.roundings(precision);
    }
}
