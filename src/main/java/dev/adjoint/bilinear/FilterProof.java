package dev.adjoint.bilinear;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Derive;
import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Specs;
import dev.adjoint.prove.Prover;
import dev.adjoint.prove.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Proofs that filters compute what they are for. Nothing of how a filter was derived is used: its matrices are written
 * out as rational numbers in a layer, and the prover judges the layer's claims, for all kernels and inputs.
 */
public final class FilterProof {
    /** Steps that each proof may take: they grow with the square of the products. */
    private static final long BUDGET = 1_000_000;

    private FilterProof() {}

    /** Of F(m, r) along one axis: {@code Aᵀ[(G g) ⊙ (Bᵀ d)]_i = Σ_k g_k·d_(i+k)}. */
    public static Proof of(MinimalFilter filter) {
        return judged(FilterText.tile("Filter", filter));
    }

    /**
     * Of F(m, r) as what computes the gradients of a correlation of stride 1: {@code dE/dd} is a correlation of the
     * bordered error with the rotated kernel, so that F(m, r) itself serves; {@code dE/dg} is a sum over tiles of r
     * outputs of a correlation with m taps, F(r, m), whose matrices are those of F(m, r) exchanged ({@link
     * MinimalFilter#forWeights}), and the sum may be taken before its output is transformed.
     */
    public static Proof ofGradients(MinimalFilter filter) {
        MinimalFilter weights = filter.forWeights();
        return judged(FilterText.tile("Filter", filter)
                + FilterText.tile("Weights", weights)
                + FilterText.sumOfTiles(weights)
                + FilterText.gradients(filter.outputs(), filter.taps()));
    }

    /**
     * Of two filters nested, {@code Y = Aᵀ[(G g G'ᵀ) ⊙ (Bᵀ d B')]A'}, as three statements, each for all values of its
     * tensors: the identity of the rows' filter, of the columns' filter, and an exchange of sums. With
     * {@code g¹ = G g}, {@code d¹ = Bᵀ d} the product t of the rows' filter is, by the second with {@code g¹_t·, d¹_t·}
     * put in, {@code s_tj = Σ_q g¹_tq·d¹_t,j+q}; by the third, {@code Y_ij = Σ_q (Aᵀ p)_i,q,j+q} with
     * {@code p_tqc = g¹_tq·d¹_tc}; and by the first with the columns {@code g_·q, d_·c} put in,
     * {@code (Aᵀ p)_iqc = Σ_k g_kq·d_i+k,c}. Together, {@code Y_ij = Σ_kq g_kq·d_i+k,j+q}.
     */
    public static Proof ofNested(MinimalFilter rows, MinimalFilter columns) {
        return judged(FilterText.tile("Rows", rows)
                + (rows.equals(columns) ? "" : FilterText.tile("Columns", columns))
                + FilterText.exchange(rows, columns));
    }

    /** The verdicts on every claim of layers in the language. */
    static Proof judged(String statement) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Layer layer :
                Specs.parse("filter.layer", statement, Importers.library()).layers()) {
            boolean plain = layer.differentiable().isEmpty();
            Derivation derivation = plain ? new Derivation(layer, List.of()) : Derive.derive(layer);
            Prover prover = new Prover(layer, derivation, BUDGET);
            for (Claim claim : layer.claims()) {
                verdicts.add(prover.judge(claim, false));
            }
        }
        return new Proof(statement, verdicts);
    }
}
