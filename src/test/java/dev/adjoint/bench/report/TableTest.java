package dev.adjoint.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Results as Markdown. */
class TableTest {
    private final String table = Table.markdown(SomeResults.some());

    @Test
    void ratesAreInGigaflopsWithTheirRatios() {
        assertThat(table).contains("""
                ## GFLOP/s

                | layer | pass    | vector | onednn | libtorch | vector ÷ onednn | libtorch ÷ onednn |
                | ----- | ------- | -----: | -----: | -------: | --------------: | ----------------: |
                | E     | forward |    231 |   57.8 |    wrong |            4.00 |                 – |
                | E     | input   |      – |    116 |     57.8 |               – |              0.50 |
                """);
    }

    @Test
    void whatMovesDataIsInMicroseconds() {
        assertThat(table).contains("""
                ## Microseconds

                | layer | pass    | vector | onednn | libtorch | vector ÷ onednn |
                | ----- | ------- | -----: | -----: | -------: | --------------: |
                | relu  | forward |   80.0 |   40.0 |        – |            0.50 |
                """);
    }

    @Test
    void firstCallsAndAllocationHaveTablesOfTheirOwn() {
        assertThat(table)
                .contains("## First call in a JVM, milliseconds", "## Bytes that a call allocates on the Java heap")
                .contains("| E     | forward |   5.00 |   5.00 |    wrong |")
                .contains("| E     | forward |     24 |     24 |    wrong |");
    }

    @Test
    void whatTheCompilerGaveUpOnIsSaid() {
        assertThat(table).contains("gave up on\n\n- `vector.Layer_relu::x: out of nodes`\n");
        Results some = SomeResults.some();
        Results without = new Results(
                some.circumstances(),
                some.peaks(),
                some.contenders(),
                some.baseline(),
                Map.of(SomeResults.E_INPUT, some.outcomes().get(SomeResults.E_INPUT)));
        assertThat(Table.markdown(without)).contains("There is no generated method that the compiler gave up on.");
    }

    @Test
    void circumstancesStandAbove() {
        assertThat(table)
                .contains("2026-11-27, A processor with avx2, fma, 2 cores, held to core 1, Linux amd64, JVM 17,")
                .contains("the core did 256, 200 GFLOP/s")
                .contains("mvn -q test-compile exec:exec@bench -Dbench=\"--quick\"");
    }

    @Test
    void contendersAndLayersAreExplainedBelow() {
        assertThat(table)
                .contains("- `libtorch`: PyTorch\n")
                .contains("- E: 1×64×56×56 → 64, 3×3 p1, the first stage of a residual network\n");
    }

    @Test
    void threeDigitsAreShown() {
        assertThat(List.of(0.0123, 1.004, 9.994, 9.996, 12.34, 99.94, 99.96, 123.4, Double.NaN))
                .extracting(Numbers::three)
                .containsExactly("0.01", "1.00", "9.99", "10.0", "12.3", "99.9", "100", "123", "–");
    }

    @Test
    void aRowHasAsManyCellsAsTheHead() {
        Grid grid = new Grid(1, List.of("a", "b"));
        assertThatThrownBy(() -> grid.add(List.of("1"))).hasMessage("1 cells below 2");
    }
}
