package dev.adjoint.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** No verdict is wrong where a law of total functions, or an idea of what may be assumed, could make it so. */
class ProverSoundnessTest {
    /** Each fails at some point, or has no value at one, which is far from those that are tried. */
    @TestFactory
    Stream<DynamicTest> whatIsWrongSomewhereIsNotHeldTrue() {
        return Laws.of(
                "wrong.layer",
                verdict -> assertThat(verdict.word())
                        .as("a claim that does not hold: %s", verdict.reason())
                        .isIn(Word.REFUTED, Word.UNKNOWN));
    }

    /** Zeros under roots, empty windows, numbers beyond those of a machine are no counterexamples. */
    @TestFactory
    Stream<DynamicTest> whatHoldsIsNotRefuted() {
        return Laws.of(
                "true.layer",
                verdict -> assertThat(verdict.word())
                        .as("a claim that holds: %s", verdict.counterexample())
                        .isNotEqualTo(Word.REFUTED));
    }
}
