package dev.adjoint.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What follows by the laws of the normal form is proved. */
class ProverLawsTest {
    @TestFactory
    Stream<DynamicTest> whatFollowsByALawIsProved() {
        return Laws.of(
                "hold.layer",
                verdict -> assertThat(verdict.word()).as(verdict.reason()).isEqualTo(Word.PROVED));
    }
}
