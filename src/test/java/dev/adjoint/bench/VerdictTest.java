package dev.adjoint.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.bench.workload.Reference;
import org.junit.jupiter.api.Test;

/** What a measured JVM says of its result. */
class VerdictTest {
    @Test
    void isReadAsItWasWritten() {
        Verdict verdict = new Verdict(3.25e-7);
        assertThat(Verdict.read(verdict.line())).contains(verdict);
        assertThat(Verdict.read("2400000")).isEmpty();
    }

    @Test
    void isRightUpToTheTolerance() {
        assertThat(new Verdict(Reference.TOLERANCE).isRight()).isTrue();
        assertThat(new Verdict(2 * Reference.TOLERANCE).isRight()).isFalse();
        assertThat(new Verdict(Double.NaN).isRight()).isFalse();
        assertThat(new Verdict(Double.POSITIVE_INFINITY).isRight()).isFalse();
    }
}
