package dev.adjoint.report.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.report.math.MathNode.Mark;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long formulas go on in the next line, and say the same there. */
class BreakingTest {
    private static final String LONG = "x[i] * tanh(c) * w[i,i] * exp(x[i]) * tanh(x[i]) * w[i,0] * exp(c) * x[0]"
            + " * alpha * f(x[i]) * sqrt(x[i]) * f(w[i,i]) * tanh(w[i,0]) * exp(w[i,i])";

    @ParameterizedTest
    @ValueSource(strings = {"NONE", "NEW", "OLD"})
    void longParenthesesAreTakenApartMarkedOrNot(String mark) {
        MathNode inside = TestFormulas.of(LONG);
        MathNode shown = mark.equals("NONE") ? inside : new MathNode.Marked(Mark.valueOf(mark), inside);
        List<MathNode> pieces = Breaking.pieces(Formulas.parentheses(shown));
        assertThat(Breaking.widest(pieces))
                .as("letters of the widest piece of (%s), marked %s", Linear.print(inside), mark)
                .isLessThan(30);
        assertThat(text(pieces)).as("what the pieces say").isEqualTo("(" + Linear.print(inside) + ")");
    }

    @Test
    void bothMarksOfALongPartStay() {
        MathNode twice = new MathNode.Marked(Mark.NEW, new MathNode.Marked(Mark.OLD, TestFormulas.of(LONG)));
        for (MathNode piece : Breaking.pieces(twice)) {
            assertThat(Latex.print(piece))
                    .as("a part that came in and is about to go is framed and underlined in each piece")
                    .contains("\\boxed{\\underline{");
        }
    }

    @Test
    void theDivisorOfALongQuotientStandsBeforeIt() {
        MathNode product = new MathNode.Fraction(TestFormulas.of(LONG), TestFormulas.of("c2"));
        assertThat(text(Breaking.pieces(product))).isEqualTo("1 / c2 * " + Linear.print(TestFormulas.of(LONG)));
        MathNode sum = new MathNode.Fraction(TestFormulas.of("c + " + LONG), TestFormulas.of("c2"));
        assertThat(text(Breaking.pieces(sum))).isEqualTo("1 / c2(c + " + Linear.print(TestFormulas.of(LONG)) + ")");
    }

    /** Factors with their sign between them again. */
    private static String text(List<MathNode> pieces) {
        return pieces.stream()
                .map(Linear::print)
                .collect(Collectors.joining(" * "))
                .replace("* +", "+")
                .replace(" *  + ", " + ")
                .replace("( * ", "(")
                .replace(" * )", ")");
    }
}
