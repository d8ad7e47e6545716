package dev.adjoint.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import javax.lang.model.SourceVersion;
import org.junit.jupiter.api.Test;

/** What is measured, and how its operations are counted. */
class WorkloadsTest {
    @Test
    void namesAreIdentifiersAndDiffer() {
        assertThat(Workloads.all())
                .extracting(Workload::name)
                .doesNotHaveDuplicates()
                .allMatch(SourceVersion::isIdentifier);
    }

    @Test
    void operationsOnTheBorderCount() {
        assertThat(flops("E")).isEqualTo(2L * 64 * 56 * 56 * 64 * 9);
        assertThat(flops("F")).isEqualTo(2L * 64 * 112 * 112 * 3 * 49);
    }

    @Test
    void aGroupSeesItsOwnChannelsOnly() {
        assertThat(flops("G")).isEqualTo(2L * 64 * 56 * 56 * 9);
        assertThat(flops("grouped")).isEqualTo(2L * 32 * 28 * 28 * 8 * 9);
    }

    @Test
    void everyImageCounts() {
        assertThat(flops("H")).isEqualTo(32 * flops("B"));
    }

    @Test
    void anAxisHasThePlacesThatItsKernelFits() {
        assertThat(new Axis(224, 7, 2, 3, 1).outputs()).isEqualTo(112);
        assertThat(new Axis(32, 5, 3, 2, 1).outputs()).isEqualTo(11);
        assertThat(new Axis(32, 3, 1, 2, 2).outputs()).isEqualTo(32);
        assertThat(new Axis(5, 3, 2, 1, 1).read(0, 0)).isEqualTo(-1);
        assertThat(new Axis(5, 3, 2, 1, 1).read(2, 2)).isEqualTo(-1);
        assertThat(new Axis(5, 3, 2, 1, 1).read(2, 1)).isEqualTo(4);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> new Axis(3, 4, 1, 0, 1)).hasMessage("a kernel of 4 does not fit an axis of 3");
        assertThatThrownBy(() -> new Convolution(1, 3, 4, 2, List.of(new Axis(3, 1, 1, 0, 1))))
                .hasMessage("2 groups of 3 channels and 4 filters");
    }

    @Test
    void sizesAreSaidInAFewWords() {
        assertThat(problem("F").sizes()).isEqualTo("1×3×224×224 → 64, 7×7 s2 p3");
        assertThat(problem("sound").sizes()).isEqualTo("1×32×500 → 48, 9 p4");
        assertThat(problem("grouped").sizes()).isEqualTo("1×32×28×28 → 32, 3×3 p1 g4");
        assertThat(problem("max3").sizes()).isEqualTo("64×112×112, 3×3 s2 p1");
    }

    private static long flops(String name) {
        return problem(name).flops();
    }

    private static Problem problem(String name) {
        return Workloads.named(name).orElseThrow().problem();
    }
}
