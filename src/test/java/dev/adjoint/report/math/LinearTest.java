package dev.adjoint.report.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Formulas on one line say what the language says. */
class LinearTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x[i] - (c - 1)",
                "-x[i] * (2 + c)",
                "sum[k < N](x[k] + c) + c",
                "sum[k < N, l < k](w[k, l] * x[k])",
                "max[k < N](x[k]) - f(x[i])",
                "x[(i+1) div 2]",
                "[i == 1] * x[i]",
                "sqrt(x[i]) * abs(c) * exp(x[i])",
                "x[t[i]] * alpha * c2",
                "K1 * c",
                "x[i]^2",
                "x[i] / c",
                "pi * x[i]"
            })
    void isWrittenAs(String text) {
        String printed = Linear.print(TestFormulas.of(text));
        // Blanks inside of indices are a matter of taste.
        assertThat(printed.replace(" ", "")).as("%s read aloud", text).isEqualTo(text.replace(" ", ""));
        assertThat(TestFormulas.of(printed)).as("the formula of %s", printed).isEqualTo(TestFormulas.of(text));
    }
}
