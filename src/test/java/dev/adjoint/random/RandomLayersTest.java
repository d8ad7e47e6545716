package dev.adjoint.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.check.ExactCheck;
import dev.adjoint.check.ExactReport;
import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Derive;
import dev.adjoint.derive.Gradient;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Rewriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Thousands of random layers, derived and checked exactly. {@code -Dadjoint.random.seed} and
 * {@code -Dadjoint.random.count} draw others, or more.
 */
class RandomLayersTest {
    private static final long SEED = Long.getLong("adjoint.random.seed", 1L);
    private static final int COUNT = Integer.getInteger("adjoint.random.count", 2000);
    /** Fewer would mean that the generator has lost one. */
    private static final int FEATURES = 60;

    @Test
    void everyDerivationEqualsItsDefinition() {
        Tally tally = new Tally();
        LongAdder compared = new LongAdder();
        LongAdder undefined = new LongAdder();
        LongAdder unchecked = new LongAdder();
        LongAdder steps = new LongAdder();
        LongAdder untested = new LongAdder();
        List<String> failures = LongStream.range(SEED, SEED + COUNT)
                .parallel()
                .mapToObj(seed -> {
                    RandomLayers.Drawn drawn = RandomLayers.draw(seed, RandomLayers.Options.ALL);
                    tally.add(drawn);
                    return failure(drawn, compared, undefined, unchecked, steps, untested);
                })
                .flatMap(Optional::stream)
                .toList();
        System.out.println(
                "seed " + SEED + ", " + compared + " values compared, " + undefined + " undefined, " + unchecked
                        + " layers unchecked, " + untested + " of " + steps + " steps compared at no point; " + tally);
        assertThat(failures).isEmpty();
        assertThat(tally.counts().values())
                .as("each feature occurs in one of 150 layers: %s", tally)
                .allMatch(count -> count >= COUNT / 150);
        assertThat(tally.counts().keySet()).as("features").hasSizeGreaterThanOrEqualTo(FEATURES);
        assertThat(undefined.sum()).as("values that could not be compared").isLessThan(compared.sum() / 100);
        assertThat(untested.sum()).as("steps compared at no point").isLessThan(steps.sum() / 100);
        assertThat(unchecked.sum()).as("layers of which nothing was compared").isLessThanOrEqualTo(COUNT / 200);
    }

    /** The exact check can evaluate a derivative; no class can. */
    private static boolean holdsDerivative(Expr e) {
        boolean[] found = {false};
        new Rewriter() {
            @Override
            public Expr expr(Expr node) {
                found[0] |= node instanceof Expr.Deriv;
                return super.expr(node);
            }
        }.expr(e);
        return found[0];
    }

    private static Optional<String> failure(
            RandomLayers.Drawn drawn,
            LongAdder compared,
            LongAdder undefined,
            LongAdder unchecked,
            LongAdder steps,
            LongAdder untested) {
        String text = "seed " + drawn.seed() + "\n" + LayerText.print(drawn.layer());
        try {
            Derivation derivation = Derive.derive(drawn.layer());
            for (Gradient gradient : derivation.gradients()) {
                if (holdsDerivative(gradient.formula()) || holdsDerivative(gradient.padded())) {
                    return Optional.of(text + "a derivative is left in grad "
                            + gradient.of().name());
                }
            }
            ExactReport report =
                    new ExactCheck(new ExactCheck.Settings(drawn.seed(), 2, 200, 1e4, 1)).check(derivation);
            compared.add(report.compared());
            undefined.add(report.undefined());
            unchecked.add(report.compared() == 0 ? 1 : 0);
            steps.add(derivation.gradients().stream()
                    .mapToInt(g -> g.steps().size())
                    .sum());
            untested.add(report.untested().size());
            return report.failures().isEmpty()
                    ? Optional.empty()
                    : Optional.of(text + String.join("\n", report.failures()));
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            return Optional.of(text + trace.toString().lines().limit(12).reduce("", (a, b) -> a + "\n" + b));
        }
    }
}
