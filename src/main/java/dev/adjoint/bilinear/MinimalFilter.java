package dev.adjoint.bilinear;

/**
 * A bilinear algorithm {@code F(m, r)} for m outputs of an r-tap correlation with {@code n = m + r - 1} products:
 * {@code y = Aᵀ[(G g) ⊙ (Bᵀ d)]} is to equal {@code y_i = Σ_k g_k·d_(i+k)}, for {@code i < m}, {@code k < r}. That it
 * does is not said by this record, which holds any matrices of these shapes, but by {@link FilterProof}.
 *
 * <p>Fewer than n products do not suffice (S. Winograd, <i>Arithmetic Complexity of Computations</i>, SIAM 1980).
 *
 * @param output {@code Aᵀ}, m × n: products to outputs
 * @param kernel {@code G}, n × r: the kernel's transform
 * @param input {@code Bᵀ}, n × n: the transform of a tile of n inputs
 */
public record MinimalFilter(RationalMatrix output, RationalMatrix kernel, RationalMatrix input) {
    public MinimalFilter {
        int n = output.rows() + kernel.columns() - 1;
        boolean fits = output.columns() == n && kernel.rows() == n && input.rows() == n && input.columns() == n;
        if (!fits) {
            throw new IllegalArgumentException("F(" + output.rows() + ", " + kernel.columns() + ") has " + n
                    + " products: the matrices must be m × n, n × r and n × n");
        }
    }

    /** m. */
    public int outputs() {
        return output.rows();
    }

    /** r. */
    public int taps() {
        return kernel.columns();
    }

    /** {@code n = m + r - 1}: the products, and the inputs of a tile. */
    public int products() {
        return input.rows();
    }

    /**
     * {@code F(r, m)} with the same transform of the input, for the gradient of the weights. Of
     * {@code E = Σ_i δ_i·Σ_t Aᵀ_it·(G g)_t·(Bᵀ d)_t} the derivative for g is {@code Gᵀ[(A δ) ⊙ (Bᵀ d)]}: G and A change
     * places. It is {@code Σ_i δ_i·d_(i+k)}, r outputs of a correlation with the m taps δ; a layer's gradient is the sum
     * of these over its tiles, and {@code Gᵀ} is applied once, after the sum.
     */
    public MinimalFilter forWeights() {
        return new MinimalFilter(kernel.transposed(), output.transposed(), input);
    }

    /** {@code F(4, 3)}. */
    @Override
    public String toString() {
        return "F(" + outputs() + ", " + taps() + ")";
    }
}
