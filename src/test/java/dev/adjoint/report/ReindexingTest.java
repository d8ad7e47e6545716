package dev.adjoint.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.derive.Derive;
import dev.adjoint.derive.Gradient;
import dev.adjoint.eval.Evaluator;
import dev.adjoint.eval.PrimeField;
import dev.adjoint.eval.Source;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Printer;
import dev.adjoint.expr.Ref;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Specs;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form of a gradient is the same sum: exactly, at every index, border and corner included. */
class ReindexingTest {
    private static final String LINE =
            "layer L[H, K] { input o[H] param w[K]" + " output x[i < H-K+1] = sum[k < K](w[k] * o[i+k]) }";

    private static final String PADDED = "layer L[H, K, P] { assume P >= 0 && K <= H + 2*P input o[H] param w[K]"
            + " output x[i < H+2*P-K+1] = sum[k < K](w[k] * pad(o[i+k-P])) }";

    private static final String CHANNELS = "layer L[C, H, K, D] { input o[C, H] param w[D, C, K]"
            + " output x[d < D, i < H-K+1] = sum[c < C, k < K](w[d,c,k] * o[c, i+k]) }";

    private static final String TWICE = "layer L[H, K] { input o[H] param w[K]"
            + " output x[i < H-K+1] = sum[k < K](w[k] * o[i+k] + w[K-1-k] * o[i+k]^2) }";

    @ParameterizedTest
    @ValueSource(strings = {LINE, PADDED, CHANNELS, TWICE})
    void everyFormIsTheSameSum(String text) {
        Gradient gradient = gradient(text);
        Expr region = Reindexing.region(gradient).orElseThrow();
        Expr flipped = Reindexing.flipped(gradient).orElseThrow();
        for (long kernel = 1; kernel <= 5; kernel++) {
            Map<String, Long> sizes = new LinkedHashMap<>(Map.of("H", 5L, "K", kernel, "P", 2L, "C", 3L, "D", 2L));
            Evaluator<Long> evaluator = new Evaluator<>(new PrimeField(1), new Hashed(layer(text), sizes), sizes);
            for (long p = 0; p < 5; p++) {
                Map<String, Long> at = gradient.indices().size() == 1
                        ? Map.of(gradient.indices().get(0).name(), p)
                        : Map.of(
                                gradient.indices().get(0).name(),
                                p % 3,
                                gradient.indices().get(1).name(),
                                p);
                Long value = evaluator.value(gradient.formula(), at);
                for (Expr form : List.of(region, gradient.padded(), flipped)) {
                    assertThat(evaluator.value(form, at))
                            .as("%s at %s for %s", Printer.print(form), at, sizes)
                            .isEqualTo(value);
                }
            }
        }
    }

    @Test
    void whatIsNoConvolutionHasNoOtherForm() {
        Gradient dense =
                gradient("layer L[I, K] { input o[I] param w[K, I]" + " output x[k < K] = sum[i < I](w[k,i] * o[i]) }");
        assertThat(Reindexing.region(dense)).isEmpty();
        assertThat(Reindexing.flipped(dense)).isEmpty();
    }

    @Test
    void aSumWithoutAKernelHasNoneToFlip() {
        Gradient mean = gradient(
                "layer L[H, K] { assume K <= H input o[H]" + " output x[i < H-K+1] = sum[k < K](o[i+k]) / K }");
        assertThat(Reindexing.flipped(mean)).isEmpty();
    }

    @Test
    void theRegionTakesTheOutputsNames() {
        assertThat(Reindexing.region(gradient(LINE)).map(Printer::print))
                .isEqualTo(Optional.of("sum[max(0, p-K+1) <= i <= min(H-K, p)](delta[i] * w[p-i])"));
    }

    private static Layer layer(String text) {
        return Specs.parse("test.layer", text, Importers.library()).layers().get(0);
    }

    private static Gradient gradient(String text) {
        return Derive.derive(layer(text)).of("o").orElseThrow();
    }

    /** Entries that are as good as random, the same for the same index. */
    private record Hashed(Layer layer, Map<String, Long> sizes) implements Source<Long> {
        @Override
        public long[] shape(Ref ref) {
            return layer.tensor(ref.name()).orElseThrow().shape().stream()
                    .mapToLong(extent -> extent.evaluate(atom -> sizes.get(atom.toString())))
                    .toArray();
        }

        @Override
        public Long read(Ref ref, long[] index) {
            return 1
                    + Math.floorMod((31L * ref.toString().hashCode() + Arrays.hashCode(index)) * 2_654_435_761L, 1009L);
        }
    }
}
