package dev.adjoint.report.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims are set by the names that their author gave. */
class WrittenTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            value = {
                "grad o = full_convolve(delta, w) → \\frac{\\partial E}{\\partial o}="
                        + "\\mathrm{full\\_convolve}\\left(\\delta ,\\,w\\right)",
                "rot180(w)[K1-m, n] * f'(x2[p]) → {\\mathrm{rot180}\\left(w\\right)}_{{K}_{1}-m,n}\\,"
                        + "{f}^{\\prime }\\left({\\mathrm{x2}}_{p}\\right)",
                "grad x[p] = sum[m < L](a[:,m]) → \\frac{\\partial E}{\\partial {x}_{p}}="
                        + "\\sum\\limits_{m<L}\\left({a}_{{:},m}\\right)",
                "d(x[i]) / d(w[m]) = -delta.y^2 → \\frac{\\partial {x}_{i}}{\\partial {w}_{m}}=-{{\\delta }^{y}}^{2}",
                "y = c >= 0 ? relu(c) : 0 → y=c\\ge 0\\text{?}\\mathrm{relu}\\left(c\\right){:}0",
            })
    void isSetAs(String text, String latex) {
        assertThat(Written.formula(text).map(Latex::print)).as(text).contains(latex);
    }

    @ParameterizedTest
    @ValueSource(strings = {"f(x", "f(x]", "x)", "w[i", "sum[i < N", "d(", "grad", "((("})
    void whatDoesNotCloseIsNotSet(String text) {
        assertThat(Written.formula(text)).as(text).isEmpty();
    }

    @Test
    void appliedNamesStandBeforeParentheses() {
        assertThat(Written.applied("sum[i](rot180(w)[i] * f'(x[i])) + (c)")).containsExactlyInAnyOrder("rot180", "f");
    }
}
