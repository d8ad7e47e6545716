package dev.adjoint.report.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.report.math.MathNode.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no step touches is left out, and nothing else. */
class UnchangedTest {
    /** In the layer of {@link TestFormulas}; of the first formula to the second, that which is read of the second. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // One term of three changes: the others are counted, with their signs.
                "sum[k < N](w[k,i] * x[k]) - sum[k < N](w[i,k] * x[k] * x[k]) + exp(c) + x[i] * tanh(x[i]) * exp(x[i])"
                        + "| sum[k < N](w[k,i] * x[k]) - sum[k < N](w[i,k] * x[k] * x[k]) + c + x[i] * tanh(x[i]) * exp(x[i])"
                        + "| … (2 unchanged terms) + c + … (1 unchanged term)",
                // Short terms stay: their number would be longer.
                "c + x[i] + exp(c) + sum[k < N](w[k,i] * x[k] * tanh(x[k]) * exp(x[k]) * (x[k] + w[i,k] * tanh(x[k])))"
                        + "| c + x[i] + c^3 + sum[k < N](w[k,i] * x[k] * tanh(x[k]) * exp(x[k]) * (x[k] + w[i,k] * tanh(x[k])))"
                        + "| c + x[i] + c^3 + … (1 unchanged term)",
                // Of a term that stays, what is in parentheses goes.
                "c * tanh(sum[k < N](w[k,i] * x[k]) + sum[k < N](w[i,k] * x[k]) + c * x[i] + x[i] * x[i] * exp(x[i])) * x[i]"
                        + "| c * tanh(sum[k < N](w[k,i] * x[k]) + sum[k < N](w[i,k] * x[k]) + c * x[i] + x[i] * x[i] * exp(x[i])) * c2"
                        + "| c * tanh(…) * c2",
                // A short formula stays whole.
                "x[i] + exp(c) | x[i] + c | x[i] + c",
            })
    void isLeftOut(String before, String after, String shown) {
        MathNode a = TestFormulas.of(before);
        MathNode b = TestFormulas.of(after);
        MathNode marked = Change.marked(b, Change.between(a, b).after(), Set.of());
        assertThat(Linear.print(Unchanged.omitted(marked)))
                .as("what a reader sees of %s after %s", after, before)
                .isEqualTo(shown);
    }

    /** Every marked part of every formula stays, and of each sum no term is lost: those shown and those counted are all. */
    @Test
    void noMarkedPartAndNoTermIsLost() {
        List<MathNode> terms = new ArrayList<>();
        MathNode wide = TestFormulas.of("sum[k < N](w[k,i] * x[k] * x[k] * tanh(x[k]))");
        for (int pattern = 0; pattern < 64; pattern++) {
            terms.clear();
            int changed = 0;
            for (int k = 0; k < 6; k++) {
                boolean marks = (pattern >> k & 1) == 1;
                changed += marks ? 1 : 0;
                if (k > 0) {
                    terms.add(k % 2 == 0 ? Op.PLUS : Op.MINUS);
                }
                terms.add(marks ? new MathNode.Marked(MathNode.Mark.NEW, wide) : wide);
            }
            MathNode shown = Unchanged.omitted(Formulas.row(terms));
            int counted = 0;
            int marked = 0;
            for (MathNode item : shown.children()) {
                counted += item instanceof MathNode.Omitted o ? o.terms() : 0;
                marked += item instanceof MathNode.Marked ? 1 : 0;
            }
            assertThat(marked)
                    .as("changed terms that a reader sees of 6, pattern %s", Integer.toBinaryString(pattern))
                    .isEqualTo(changed);
            assertThat(counted)
                    .as("terms said to be unchanged of 6, pattern %s", Integer.toBinaryString(pattern))
                    .isEqualTo(pattern == 0 ? 0 : 6 - changed);
        }
    }

    @Test
    void aFormulaWithoutMarksIsWhole() {
        MathNode node =
                TestFormulas.of("sum[k < N](w[k,i] * x[k] * exp(x[k])) + sum[k < N](w[i,k] * x[k] * exp(x[k]) * c)");
        assertThat(Unchanged.omitted(node)).isEqualTo(node);
    }
}
