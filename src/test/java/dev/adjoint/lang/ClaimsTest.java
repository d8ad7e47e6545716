package dev.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every form of a claim. */
class ClaimsTest {
    private static final String LAYER = """
            layer L[H, K] {
                function f
                input o[H]
                param w[K]
                param b
                let s[i < H-K+1] = sum[k < K](w[k] * o[i+k])
                output x[i] = f(s[i]) + b
                output E = sum[i](s[i]^2)
                claim %s
            }
            def flipped(a[N])[n < N] = a[N-1-n]
            def full(e[P], a[N])[q < P+N-1] = sum[n](pad(e[q-n]) * a[n])
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "→",
            value = {
                "grad b = sum[i](delta.x[i]) → grad b = sum[i < H-K+1](delta.x[i])",
                "grad w[m] = sum[i](grad s[i] * o[i+m]) → grad w[m] = sum[i < H-K+1](grad s[i] * o[i+m]) for m < K",
                "grad w[m < K] = 0 → grad w[m] = 0 for m < K",
                "grad s[i] = delta.x[i] * f'(s[i]) + 2 * delta.E * s[i]"
                        + "→ grad s[i] = delta.x[i] * f'(s[i]) + 2 * delta.E * s[i] for i < H-K+1",
                "x[i] = b + f(s[i]) → x[i] = b + f(s[i]) for i < H-K+1",
                "E = sum[i](s[i] * s[i]) → E = sum[i < H-K+1](s[i] * s[i])",
                "grad o = full(grad s, w)" + "→ grad o[q] = sum[n < K](pad(grad s[q-n]) * w[n]) for q < H",
                "grad w = flipped(flipped(grad w)) → grad w[n] = grad w[n] for n < K",
                "s = s → s[i] = s[i] for i < H-K+1",
                "d(s[i]) / d(w[m]) = o[i+m] → d(s[i]) / d(w[m]) = o[i+m] for i < H-K+1, m < K",
                "d(E) / d(s[i]) = 2 * s[i] → d(E) / d(s[i]) = 2 * s[i] for i < H-K+1",
                "d(sum[i](s[i]) * b) / d(b) = sum[i](s[i])"
                        + "→ d(sum[i < H-K+1](s[i]) * b) / d(b) = sum[i < H-K+1](s[i])",
                "d(grad w[m]) / d(w[n]) = 0 → d(grad w[m]) / d(w[n]) = 0 for m < K, n < K",
                "d(d(x[i]) / d(s[i])) / d(s[i]) = f''(s[i])"
                        + "→ d(d(x[i]) / d(s[i])) / d(s[i]) = f''(s[i]) for i < H-K+1",
                "d(grad b) / d(delta.x[i]) = 1 → d(grad b) / d(delta.x[i]) = 1 for i < H-K+1",
            })
    void aClaimHoldsForAllItsIndices(String written, String meant) {
        assertThat(Read.claims(Read.layer(LAYER.formatted(written)))).containsExactly(meant);
    }

    @Test
    void aCommentRightBeforeAClaimIsItsDocumentation() {
        List<Claim> claims = Read.layer("""
                        layer L[N] {
                            input x[N]
                            output y[i < N] = 2 * x[i]
                            /**
                             * (13) What y owes to x,
                             * entry by entry.
                             */
                            claim grad x[i] = 2 * delta[i]
                            // (14) for readers of the file only
                            claim grad x[i] = delta[i] + delta[i]
                            /** (for any N) no number, no label */
                            claim y[i] = x[i] + x[i]
                        }
                        """).claims();
        assertThat(claims)
                .extracting(Claim::doc)
                .containsExactly("(13) What y owes to x,\nentry by entry.", "", "(for any N) no number, no label");
        assertThat(claims).extracting(Claim::label).containsExactly("13", "", "");
        assertThat(claims).extracting(Claim::text).startsWith("claim grad x[i] = 2 * delta[i]");
    }
}
