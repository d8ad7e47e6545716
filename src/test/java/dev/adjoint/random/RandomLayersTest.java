package dev.adjoint.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.check.ExactCheck;
import dev.adjoint.check.ExactReport;
import dev.adjoint.derive.Derive;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Thousands of random layers, derived and checked exactly. {@code -Dadjoint.random.seed} and
 * {@code -Dadjoint.random.count} draw others, or more.
 */
class RandomLayersTest {
    private static final long SEED = Long.getLong("adjoint.random.seed", 1L);
    private static final int COUNT = Integer.getInteger("adjoint.random.count", 2000);

    @Test
    void everyDerivationEqualsItsDefinition() {
        Tally tally = new Tally();
        List<String> failures = LongStream.range(SEED, SEED + COUNT)
                .parallel()
                .mapToObj(seed -> {
                    RandomLayers.Drawn drawn = RandomLayers.draw(seed, RandomLayers.Options.ALL);
                    tally.add(drawn);
                    return failure(drawn);
                })
                .flatMap(Optional::stream)
                .toList();
        System.out.println("seed " + SEED + ", " + tally);
        assertThat(failures).isEmpty();
    }

    private static Optional<String> failure(RandomLayers.Drawn drawn) {
        String text = "seed " + drawn.seed() + "\n" + LayerText.print(drawn.layer());
        try {
            ExactReport report = new ExactCheck(new ExactCheck.Settings(drawn.seed(), 2, 200, 1e4, 1))
                    .check(Derive.derive(drawn.layer()));
            return report.passed() ? Optional.empty() : Optional.of(text + String.join("\n", report.failures()));
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            return Optional.of(text + trace.toString().lines().limit(12).reduce("", (a, b) -> a + "\n" + b));
        }
    }
}
