package dev.adjoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.check.ClassReport.Reference;
import dev.adjoint.diagnostic.Place;
import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Tensor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a difference is: small values are values, and what cancels to nothing is nothing. */
class ComparerTest {
    private static final Tensor Y =
            new Tensor("y", Tensor.Role.OUTPUT, List.of(IntExpr.of(2)), Optional.empty(), new Place("y", 1, 1, 1, 1));

    private static List<String> failures(double wanted, double... emitted) {
        Comparer comparer = new Comparer("a test");
        comparer.compare(
                "y",
                Y,
                new long[] {2},
                emitted,
                new int[] {0, 1},
                k -> wanted,
                new boolean[0],
                Reference.FORMULA,
                Comparer.EXACT);
        return comparer.failures();
    }

    @Test
    void zerosAreNoTinyValues() {
        assertThat(failures(1e-12, 0, 0)).hasSize(2);
        assertThat(failures(1e-12, 1e-12, 1.1e-12)).hasSize(1);
    }

    @Test
    void whatCancelsMayLeaveRounding() {
        assertThat(failures(0, -5.551115123125783e-17, 0)).isEmpty();
        assertThat(failures(0, 1e-12, 0)).hasSize(1);
    }
}
