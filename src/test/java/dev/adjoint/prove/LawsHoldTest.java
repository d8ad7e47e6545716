package dev.adjoint.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The laws that proofs rest on, each against the definition of what it speaks of, at random. {@code
 * -Dadjoint.random.seed} and {@code -Dadjoint.random.count} draw others, or more.
 */
class LawsHoldTest {
    private static final long SEED = Long.getLong("adjoint.random.seed", 1L);
    private static final int COUNT = Integer.getInteger("adjoint.random.count", 150);

    /** With draws that were once wrong. */
    static Stream<Arguments> laws() {
        return Stream.of(
                Arguments.of("normal form", new NormalFormLaw(), List.of(1_000_141L, 2_000_279L)),
                Arguments.of("equalities and quotients", new CountingLaw.Shaped(), List.of()),
                Arguments.of("proofs", new ProofLaw(), List.of()),
                Arguments.of(
                        "counting",
                        new CountingLaw(),
                        List.of(
                                1_000_102L,
                                1_000_597L,
                                1_000_717L,
                                1_000_987L,
                                1_001_152L,
                                77_000_119L,
                                77_000_182L,
                                77_000_331L,
                                77_000_736L)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("laws")
    void theLawHolds(String name, LongFunction<Optional<String>> law, List<Long> once) {
        List<String> broken = LongStream.concat(
                        once.stream().mapToLong(seed -> seed),
                        LongStream.range(SEED * 1_000_000, SEED * 1_000_000 + COUNT))
                .parallel()
                .mapToObj(seed -> complaint(law, seed))
                .flatMap(Optional::stream)
                .toList();
        System.out.println("seed " + SEED + ", " + name + ": " + COUNT + " draws");
        assertThat(broken).as("%s: of %d draws", name, COUNT).isEmpty();
    }

    private static Optional<String> complaint(LongFunction<Optional<String>> law, long seed) {
        try {
            return law.apply(seed).map(c -> "seed " + seed + ": " + c);
        } catch (RuntimeException | StackOverflowError crash) {
            List<StackTraceElement> trace = List.of(crash.getStackTrace());
            return Optional.of("seed " + seed + ": " + crash + " at " + trace.subList(0, Math.min(6, trace.size())));
        }
    }
}
