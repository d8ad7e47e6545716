package dev.adjoint.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What follows from times, and under which circumstances they were taken. */
class ResultsTest {
    @Test
    void theMedianIsTakenOverAllRounds() {
        Outcome.Measured odd = measured(List.of(List.of(9.0, 1.0), List.of(3.0)));
        Outcome.Measured even = measured(List.of(List.of(9.0, 1.0), List.of(3.0, 5.0)));
        assertThat(odd.median()).isEqualTo(3);
        assertThat(even.median()).isEqualTo(4);
        assertThat(even.spread()).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void aRatioNeedsBoth() {
        Results some = SomeResults.some();
        assertThat(some.ratio(SomeResults.E_FORWARD, "vector")).hasValue(4);
        assertThat(some.ratio(SomeResults.E_FORWARD, "libtorch")).isEmpty();
        assertThat(some.ratio(SomeResults.E_INPUT, "vector")).isEmpty();
        assertThat(some.ratio(SomeResults.RELU, "nobody")).isEmpty();
    }

    @Test
    void linuxSaysWhatMachineItIs() {
        Circumstances here = Circumstances.of(
                Map.of("os.name", "Linux", "os.arch", "amd64", "java.vm.name", "JVM", "java.vm.version", "17.0.1"),
                List.of(
                        "processor\t: 0",
                        "model name\t: Some CPU",
                        "flags\t\t: fpu fma avx2 avx512f",
                        "processor\t: 1",
                        "model name\t: Some CPU"),
                List.of("Name:\tjava", "Cpus_allowed_list:\t1"),
                "mvn",
                "quick");
        assertThat(here.processor()).isEqualTo("Some CPU");
        assertThat(here.extensions()).containsExactly("avx2", "fma", "avx512f");
        assertThat(here.cores()).isEqualTo(2);
        assertThat(here.isPinned()).isTrue();
        assertThat(here.machine()).endsWith(", Some CPU with avx2, fma, avx512f, 2 cores, held to core 1");
        assertThat(here.manner()).isEqualTo("Linux amd64, JVM 17.0.1, quick");
    }

    @Test
    void otherSystemsSayLess() {
        Circumstances here = Circumstances.of(Map.of("os.arch", "aarch64"), List.of(), List.of(), "mvn", "quick");
        assertThat(here.processor()).isEqualTo("aarch64");
        assertThat(here.cores()).isPositive();
        assertThat(here.isPinned()).isFalse();
    }

    @Test
    void allNumbersAreInTheJson() {
        assertThat(Data.json(SomeResults.some()))
                .contains("\"peaks\": [\n    256.0,")
                .contains("\"median\": 1000000.0")
                .contains("\"wrong\": 0.5")
                .contains("vector.Layer_relu::x: out of nodes")
                .contains("\"absent\": \"E010: not there yet\"");
    }

    private static Outcome.Measured measured(List<List<Double>> times) {
        return new Outcome.Measured(times, 0, OptionalDouble.empty(), 0, List.of());
    }
}
