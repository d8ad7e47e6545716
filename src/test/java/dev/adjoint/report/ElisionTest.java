package dev.adjoint.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Formulas made to fit. */
class ElisionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grad w[m] = sum[i](delta[i] * o[i+m])            | 40 | grad w[m] = sum[i](delta[i] * o[i+m])",
                "grad w[m] = sum[i](delta[i] * o[i+m])            | 30 | grad w[m] = sum[i](…)",
                "f(a) + sum[i](delta[i] * (o[i] + 1)) + g(b)      | 40 | f(a) + sum[i](…) + g(b)",
                "f(aaaaa) + g(bbbbbbb)                            | 18 | f(aaaaa) + g(…)",
                "f(aaaaa) + g(bbbbbbb)                            | 12 | f(…) + g(…)",
                "f(aaaaa) + g(bbbbbbb)                            |  8 | f(…) + …",
                "no parentheses at all                            | 10 | no parent…",
                "(((                                              |  2 | (…",
            })
    void theLongestPartsGiveWayFirst(String text, int width, String shown) {
        assertThat(Elision.of(text, width)).isEqualTo(shown);
    }
}
