package dev.adjoint.report.math;

import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Specs;

/** Formulas for tests, in a layer of the tensors x[N], w[N, N], c, c2 and integers t[N], at the index i. */
final class TestFormulas {
    private TestFormulas() {}

    static MathNode of(String text) {
        String layer = "layer L[N, K1] { function f input x[N] param w[N, N] param c param c2 param alpha param b_long"
                + " const int t[N] < N output y[i < N] = " + text + " }";
        return Formulas.of(Specs.parse("formulas.layer", layer, Importers.library())
                .layers()
                .get(0)
                .equations()
                .get(0)
                .rhs());
    }
}
