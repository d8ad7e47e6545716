package dev.adjoint.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.bench.report.Cell;
import dev.adjoint.bench.workload.Pass;
import dev.adjoint.bench.workload.Workload;
import dev.adjoint.bench.workload.Workloads;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the command line asks for. */
class SelectionTest {
    private static final List<String> KNOWN = List.of("nest", "portable", "vector", "onednn");

    @Test
    void nothingAsksForAllButTheNest() {
        Selection all = parse("");
        assertThat(all.workloads()).isEqualTo(Workloads.all());
        assertThat(all.passes()).containsExactly(Pass.values());
        assertThat(all.contenders()).containsExactly("portable", "vector", "onednn");
        assertThat(all.effort()).isEqualTo(Effort.FULL);
        assertThat(all.against()).isEmpty();
        assertThat(all.record()).isEmpty();
        assertThat(all.list()).isFalse();
    }

    @Test
    void whatIsNamedComesInTheOrderOfTheTables() {
        Selection some = parse("--workloads E,A --passes weights,forward --contenders onednn,nest");
        assertThat(some.workloads()).extracting(Workload::name).containsExactly("A", "E");
        assertThat(some.passes()).containsExactly(Pass.FORWARD, Pass.WEIGHTS);
        assertThat(some.contenders()).containsExactly("nest", "onednn");
        assertThat(some.cells())
                .extracting(Cell::toString)
                .containsExactly("A forward", "A weights", "E forward", "E weights");
    }

    @Test
    void aLayerWithoutWeightsHasNoSuchCell() {
        assertThat(parse("--workloads relu").cells())
                .extracting(Cell::toString)
                .containsExactly("relu forward", "relu input");
    }

    @Test
    void allContendersAreAllThatAreKnown() {
        assertThat(parse("--contenders all").contenders()).isEqualTo(KNOWN);
    }

    @Test
    void effortIsOfOneKindAndCanBeChanged() {
        assertThat(parse("--rounds 5 --quick").effort()).isEqualTo(Effort.QUICK.rounds(5));
        assertThat(parse("--quick --first-calls").effort().firstCalls()).isTrue();
        assertThat(parse("--quick").effort().firstCalls()).isFalse();
        assertThat(new Effort(2, 3, 200, 4, 100, false).seconds()).isEqualTo(2.0);
    }

    @Test
    void theRestIsTakenAsItStands() {
        Selection rest = parse("--against vector --record epyc-jdk17 --list");
        assertThat(rest.against()).contains("vector");
        assertThat(rest.record()).contains("epyc-jdk17");
        assertThat(rest.list()).isTrue();
    }

    @Test
    void whatThereIsNotIsRefusedInWords() {
        assertThatThrownBy(() -> parse("--contenders onedn"))
                .hasMessage("no contender is called onedn; perhaps onednn. There are nest, portable, vector, onednn");
        assertThatThrownBy(() -> parse("--passes backward")).hasMessageContaining("There are forward, input, weights");
        assertThatThrownBy(() -> parse("--rounds 0")).hasMessage("--rounds takes a number from 1, not 0");
        assertThatThrownBy(() -> parse("--record ../x")).hasMessageContaining("not ../x");
        assertThatThrownBy(() -> parse("--workloads")).hasMessageStartingWith("--workloads needs a value");
        assertThatThrownBy(() -> parse("--fast")).hasMessageStartingWith("what is --fast?");
    }

    private static Selection parse(String words) {
        return Selection.parse(words.isEmpty() ? List.of() : List.of(words.split(" ")), KNOWN);
    }
}
