package dev.adjoint.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.prove.Counterexample;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tensors of a counterexample as a person would draw them. */
class TensorPictureTest {
    private final Map<String, List<String>> tensors = new LinkedHashMap<>();
    private final Map<String, List<Long>> shapes = new LinkedHashMap<>();

    private void tensor(String name, List<Long> shape, String... values) {
        tensors.put(name, List.of(values));
        shapes.put(name, shape);
    }

    private String picture(List<String> missing, List<String> extra, TensorPicture.Target... targets) {
        Counterexample example = new Counterexample(Map.of(), tensors, shapes, Map.of(), "1", "0", missing, extra);
        return TensorPicture.of(example, List.of(targets));
    }

    @Test
    void entriesOfTermsAreMarkedEachInItsTensor() {
        tensor("w", List.of(2L, 3L), "1", "0", "0", "0", "-1/2", "12");
        tensor("delta.w", List.of(2L), "3", "4");
        tensor("a", List.of(), "7");
        assertThat(picture(List.of("a*delta.w[1]*w[0,1]"), List.of("-2*delta.w[1]*w[1,2]")))
                .isEqualTo("""
                w   0      1    2     delta.w  0   1
                 0  1     (0)   0              3  <4>
                 1  0   -1/2  [12]
                a = (7)
                ( ) in a missing term, [ ] in an extra term, < > in both""");
    }

    @Test
    void aTensorOfThreeAxesIsAGridForEachOfItsPlanes() {
        tensor("o", List.of(2L, 1L, 2L), "1", "0", "0", "5");
        assertThat(picture(
                        List.of(),
                        List.of(),
                        new TensorPicture.Target("grad o", List.of(2L, 1L, 2L), List.of(1L, 0L, 0L))))
                .isEqualTo("""
                        grad o[1]  0   1    o[0]  0   1    o[1]  0   1
                                0  X   .       0  1   0       0  0   5
                        X the element that differs""");
    }

    @Test
    void whatIsAllZeroIsSaidInALine() {
        tensor("o", List.of(3L, 3L), Collections.nCopies(9, "0").toArray(String[]::new));
        tensor("s", List.of(), "0");
        assertThat(picture(List.of(), List.of())).isEqualTo("all 0: o, s");
    }

    @Test
    void whatIsTooLargeIsListed() {
        String[] many = Collections.nCopies(400, "0").toArray(String[]::new);
        many[21] = "5";
        tensor("o", List.of(20L, 20L), many);
        assertThat(picture(List.of(), List.of())).isEqualTo("o of 20x20, 0 but for o[1,1] = 5");
        tensor("o", List.of(400L), Collections.nCopies(400, "1").toArray(String[]::new));
        assertThat(picture(List.of(), List.of()))
                .startsWith("o of 400, 0 but for o[0] = 1, ")
                .endsWith(", and 388 more");
    }

    @Test
    void gridsThatDoNotFitBesideOneAnotherStandBelow() {
        tensor("a", List.of(8L), Collections.nCopies(8, "1000000").toArray(String[]::new));
        tensor("b", List.of(1L), "2");
        assertThat(picture(List.of(), List.of()).lines()).hasSize(4);
    }
}
