package dev.adjoint.random;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.SpecFile;
import dev.adjoint.lang.Specs;
import dev.adjoint.lang.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Random layers one after the other. The first is random; the second is random too, or one of some that look at a vector
 * in every way that there is. The same seed gives the same chain.
 */
final class RandomChains {
    /** Layers of vectors, whose names collide with those of random layers on purpose. */
    private static final List<String> OF_VECTORS = List.of(
            "input x[M] output y[i < M] = x[i] > 0 ? x[i] : x[i] / 4",
            "input x[M] input w[M] output y[j < M] = x[j] * w[j] + 2",
            "input x[M] param w[N, M] param w1[N] output y[k < N] = sum[i < M](w[k,i] * x[i]) + w1[k]",
            "input x[M] output y = sum[i < M](x[i]) / M",
            "input x[M] let z[i < M] = x[i]^2 output y[i < M] = z[i] - sum[k < M](x[k]*z[k])",
            "input x[M] output y[i < M] = max[k < M](x[k]) - x[i]",
            "input x[M] output y[i < M] = [argmax[k < M](x[k]) == 0] * x[i]",
            "input x[M] const int t[N] < M output y[i < N] = x[t[i]] * i",
            "input x[M] param w[K] assume K <= M output y[i < M-K+1] = sum[k < K](w[k] * x[i+k])",
            "input x[M] output y[i < M] = pad(x[i-1]) - x[M-1-i]",
            "input x[M] output y[i < M, j < M] = x[i] * x[j]");

    private RandomChains() {}

    /**
     * A chain.
     *
     * @param text the file that it comes from
     */
    record Chain(long seed, String text, Layer first, Layer second, Generate both) {
        /** The input that takes the output of the first layer. */
        Tensor fed() {
            return second.tensors(Tensor.Role.INPUT).get(0);
        }
    }

    /** The chain of a seed; empty if its layers do not fit. */
    static Optional<Chain> draw(long seed) {
        Random random = new Random(seed * 0x9e3779b97f4a7c15L + 2);
        RandomLayers.Drawn first = RandomLayers.draw(random.nextLong(), RandomLayers.Options.EMITTED);
        String second = random.nextBoolean()
                ? LayerText.print(RandomLayers.draw(random.nextLong(), RandomLayers.Options.EMITTED)
                                .layer())
                        .replaceFirst("^layer \\w+", "layer B")
                : "layer B[M, N, K] {\n" + OF_VECTORS.get(random.nextInt(OF_VECTORS.size())) + "\n}\n";
        String text = LayerText.print(first.layer()).replaceFirst("^layer \\w+", "layer A") + second + "generate Chain"
                + Long.toString(seed).replace('-', 'm') + " = A then B\n";
        try {
            SpecFile file = Specs.parse("chain.layer", "package random;\n" + text, Importers.library());
            Chain chain = new Chain(
                    seed,
                    text,
                    file.layers().get(0),
                    file.layers().get(1),
                    file.generates().get(0));
            // The sizes of the second layer can then be seen in the shape that it is given.
            boolean plain = chain.fed().shape().stream().allMatch(RandomChains::isPlain);
            return plain ? Optional.of(chain) : Optional.empty();
        } catch (AdjointException misfit) {
            // What is wrong with a layer by itself is told at its own lines.
            int last = text.split("\n").length + 1;
            boolean expected = misfit.diagnostics().stream()
                    .filter(d -> d.isError() && d.place() != null && d.place().line() == last)
                    .allMatch(d -> EXPECTED.contains(d.code()));
            if (!expected) {
                throw new AssertionError(text + misfit.diagnostics(), misfit);
            }
            return Optional.empty();
        }
    }

    /** Shapes that do not fit, assumptions that both together or the sizes exclude. */
    private static final List<String> EXPECTED = List.of("L073", "L043", "L070");

    private static boolean isPlain(IntExpr e) {
        return e.isConstant() || e.asVariable().isPresent();
    }
}
