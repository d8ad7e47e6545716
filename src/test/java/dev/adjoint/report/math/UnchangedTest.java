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
    /** A long term. */
    private static final String A = "sum[k < N](w[k,i] * x[k] * tanh(x[k]) * exp(x[k]) * (x[k] + w[i,k] * tanh(x[k])))";

    /** Another. */
    private static final String B = "sum[k < N](w[i,k] * exp(x[k]) * f(x[k]) * f(w[k,k]) * (c - w[k,i] * exp(x[k])))";

    /** A and B are long terms; of the first formula to the second, that which is read of the second. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // One term changes: the others are counted, with their signs.
                "A - B + exp(c) - B | A - B + c - B | … (2 unchanged terms) + c + … (1 unchanged term)",
                // Short terms stay: their number would be longer.
                "c + x[i] + exp(c) + A | c + x[i] + c^3 + A | c + x[i] + c^3 + … (1 unchanged term)",
                // Of a term that stays, what is in parentheses goes.
                "c * tanh(A + B) * x[i] | c * tanh(A + B) * c2 | c * tanh(…) * c2",
                // A short formula stays whole.
                "x[i] + exp(c) | x[i] + c | x[i] + c",
            })
    void isLeftOut(String before, String after, String shown) {
        MathNode a = TestFormulas.of(before.replace("A", A).replace("B", B));
        MathNode b = TestFormulas.of(after.replace("A", A).replace("B", B));
        MathNode marked = Change.marked(b, Change.between(a, b).after(), Set.of());
        assertThat(Linear.print(Unchanged.omitted(marked)))
                .as("what a reader sees of %s after %s", after, before)
                .isEqualTo(shown);
    }

    /** Every marked part of every formula stays, and of each sum no term is lost: those shown and those counted are all. */
    @Test
    void noMarkedPartAndNoTermIsLost() {
        List<MathNode> terms = new ArrayList<>();
        MathNode wide = TestFormulas.of(A);
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
        MathNode node = TestFormulas.of(A + " + " + B);
        assertThat(Unchanged.omitted(node)).isEqualTo(node);
    }
}
