package dev.adjoint.bilinear;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import java.util.List;

/**
 * What is claimed of a filter, written out in the language as layers with claims: the statement that the prover judges
 * is the one that a reader reads.
 */
final class FilterText {
    private static final IntExpr I = IntExpr.var("i");
    private static final IntExpr J = IntExpr.var("j");
    private static final IntExpr T = IntExpr.var("t");

    private FilterText() {}

    /**
     * One tile: {@code y = Aᵀ[(G g) ⊙ (Bᵀ d)]} is the correlation of d with g.
     *
     * @param name what the layer is called, before the sizes
     */
    static String tile(String name, MinimalFilter filter) {
        return """
                /** %1$s: %2$d outputs of a correlation with %3$d taps, by %4$d products. */
                layer %8$s%2$dx%3$d {
                    const d[%4$d]
                    const g[%3$d]

                    let u[t < %4$d] = %5$s
                    let v[t < %4$d] = %6$s
                    output y[i < %2$d] = %7$s

                    claim y[i] = sum[k < %3$d](g[k] * d[i+k])
                }
                """.formatted(
                        filter,
                        filter.outputs(),
                        filter.taps(),
                        filter.products(),
                        LinearForms.cases(filter.kernel(), T, k -> LinearForms.entry("g", k)),
                        LinearForms.cases(filter.input(), T, j -> LinearForms.entry("d", j)),
                        LinearForms.cases(filter.output(), I, LinearForms::product),
                        name);
    }

    /**
     * The gradients of a correlation with {@code m·T} outputs: for the input a correlation of the bordered error with the
     * rotated kernel, for the weights a sum over T tiles of correlations with m taps.
     */
    static String gradients(int m, int r) {
        return """
                /** What F(%1$d, %2$d) and F(%2$d, %1$d) compute of the gradients of a correlation with %2$d taps. */
                layer Gradients%1$dx%2$d[T] {
                    input d[%1$d*T+%2$d-1]
                    param g[%2$d]

                    output y[i < %1$d*T] = sum[k < %2$d](g[k] * d[i+k])

                    claim grad d[j] = sum[k < %2$d](g[%2$d-1-k] * pad(delta[j-%2$d+1+k]))
                    claim grad g[k] = sum[b < T, i < %1$d](delta[%1$d*b+i] * d[%1$d*b+i+k])
                }
                """.formatted(m, r);
    }

    /** Products of T tiles may be summed before they are transformed: {@code Aᵀ Σ_b z_b = Σ_b Aᵀ z_b}. */
    static String sumOfTiles(MinimalFilter filter) {
        IntExpr b = IntExpr.var("b");
        return """
                /** %1$s: the output's transform of a sum over tiles. */
                layer Tiles%2$dx%3$d[T] {
                    const z[T, %4$d]

                    let y[b < T, i < %2$d] = %5$s
                    let s[t < %4$d] = sum[b < T](z[b, t])
                    output w[i < %2$d] = %6$s

                    claim w[i] = sum[b < T](y[b, i])
                }
                """.formatted(
                        filter,
                        filter.outputs(),
                        filter.taps(),
                        filter.products(),
                        LinearForms.cases(filter.output(), I, t -> read("z", b, IntExpr.of(t))),
                        LinearForms.cases(filter.output(), I, t -> LinearForms.entry("s", t)));
    }

    /**
     * Of two filters nested, p[t, q, c] being the product t of the rows' filter for column q of the kernel and c of the
     * input: {@code Aᵀ} of the sum over q that is the columns' correlation is the sum of {@code Aᵀ}.
     */
    static String exchange(MinimalFilter rows, MinimalFilter columns) {
        IntExpr q = IntExpr.var("q");
        IntExpr c = IntExpr.var("c");
        return """
                /** %1$s in %2$s: the rows' output transform of a correlation along the columns. */
                layer Nested%3$dx%4$d {
                    const p[%5$d, %6$d, %7$d]

                    let x[i < %3$d, q < %6$d, c < %7$d] = %8$s
                    let s[t < %5$d, j < %9$d] = sum[q < %6$d](p[t, q, j+q])
                    output y[i < %3$d, j < %9$d] = %10$s

                    claim y[i, j] = sum[q < %6$d](x[i, q, j+q])
                }
                """.formatted(
                        columns,
                        rows,
                        rows.outputs(),
                        rows.taps(),
                        rows.products(),
                        columns.taps(),
                        columns.products(),
                        LinearForms.cases(rows.output(), I, t -> read("p", IntExpr.of(t), q, c)),
                        columns.outputs(),
                        LinearForms.cases(rows.output(), I, t -> read("s", IntExpr.of(t), J)));
    }

    private static Expr read(String tensor, IntExpr... index) {
        return Exprs.read(Ref.value(tensor), List.of(index));
    }
}
