package dev.adjoint.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The command that repeats a run. */
class CommandsTest {
    @Test
    void saysTheCoreTheProfileAndTheArguments() {
        assertThat(Commands.line("--quick --workloads A", "1", true))
                .isEqualTo("taskset -c 1 mvn -q -Ppeers test-compile exec:exec@bench"
                        + " -Dbench=\"--quick --workloads A\"");
    }

    @Test
    void leavesOutWhatWasNotThere() {
        assertThat(Commands.line("", "0-7", false)).isEqualTo("mvn -q test-compile exec:exec@bench");
    }
}
