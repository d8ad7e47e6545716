package dev.adjoint.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.derive.Gradient;
import dev.adjoint.expr.Printer;
import dev.adjoint.report.math.Linear;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Derivations leave out what stays, and begin and end whole. */
class ChainTest {
    @Test
    void theFirstAndTheLastFormulaAreWhole() throws IOException {
        int omitted = 0;
        for (LayerReport report : SomePages.library()) {
            for (Gradient gradient : report.derivation().gradients()) {
                String name =
                        "grad " + gradient.of().name() + " of " + report.layer().name();
                List<Chain.Line> lines = Chain.of(gradient.raw(), gradient.steps());
                assertThat(lines.get(0).text())
                        .as("the first formula of %s", name)
                        .isEqualTo(Printer.print(gradient.raw()));
                assertThat(lines.get(lines.size() - 1).text())
                        .as("the last formula of %s", name)
                        .isEqualTo(Printer.print(gradient.formula()));
                assertThat(Linear.print(lines.get(0).math())).as(name).doesNotContain("…");
                assertThat(Linear.print(lines.get(lines.size() - 1).math()))
                        .as(name)
                        .doesNotContain("…");
                for (int k = 1; k < gradient.steps().size(); k++) {
                    String whole = Printer.print(gradient.steps().get(k - 1).after());
                    String shown = lines.get(k).text();
                    omitted += shown.contains("…") ? 1 : 0;
                    assertThat(shown.length())
                            .as("%s after step %d, '%s' for '%s'", name, k, shown, whole)
                            .isLessThanOrEqualTo(whole.length());
                }
            }
        }
        assertThat(omitted).as("steps that leave something out").isGreaterThan(200);
    }

    @Test
    void theTextLeavesOutTheSame() throws IOException {
        LayerReport gru = SomePages.library().stream()
                .filter(r -> r.layer().name().equals("GruCell"))
                .findFirst()
                .orElseThrow();
        String text = DerivationText.of(gru.derivation(), true);
        assertThat(text).contains("    = … (2 unchanged terms) + sum[n3 < N, k2 < K](grad s[n3, k2] * ");
    }
}
