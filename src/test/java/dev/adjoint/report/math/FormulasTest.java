package dev.adjoint.report.math;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Specs;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

/** How expressions of the language are set. */
class FormulasTest {
    /** In a layer of the tensors x[N], w[N, N], c and integers t[N], at the index i. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            value = {
                "x[i] * x[i] → {x}_{i}\\,{x}_{i}",
                "x[i] - (c - 1) → {x}_{i}-\\left(c-1\\right)",
                "-x[i] / (2*c) → -\\frac{{x}_{i}}{2\\,c}",
                "-(x[i] + c)^2 → -{\\left({x}_{i}+c\\right)}^{2}",
                "(-c)^2 → {\\left(-c\\right)}^{2}",
                "c^c^c → {c}^{{c}^{c}}",
                "1/2 * x[i] → \\frac{{x}_{i}}{2}",
                "sum[k < N](x[k] + c) → \\sum\\limits_{0\\le k<N}\\left({x}_{k}+c\\right)",
                "sum[k < N](x[k]) + c → \\sum\\limits_{0\\le k<N}{x}_{k}+c",
                "sum[k < N](x[k]) * c → \\left(\\sum\\limits_{0\\le k<N}{x}_{k}\\right)\\,c",
                "c * sum[k < N, l < k](w[k,l]) → c\\,\\sum\\limits_{\\substack{0\\le k<N\\\\0\\le l<k}}{w}_{k,l}",
                "sum[k < N](x[k]) / N → \\frac{1}{N}\\,\\sum\\limits_{0\\le k<N}{x}_{k}",
                "max[k < N](x[k]) → \\max\\limits_{0\\le k<N}{x}_{k}",
                "x[i div 2] → {x}_{\\left\\lfloor i/2\\right\\rfloor }",
                "x[(i+1) div 2] → {x}_{\\left\\lfloor \\left(i+1\\right)/2\\right\\rfloor }",
                "x[i mod 2] * c → {x}_{i\\bmod 2}\\,c",
                "pad(x[i-1]) → \\mathrm{pad}\\left({x}_{i-1}\\right)",
                "pad(x[i-1], -inf) → \\mathrm{pad}\\left({x}_{i-1},\\,-\\infty \\right)",
                "[i == 1] * x[i] → \\left[i=1\\right]\\,{x}_{i}",
                "x[i] > 0 && c > 0 || c < 0 ? c : 0 "
                        + "→ \\begin{cases}c&\\left({x}_{i}>0\\wedge c>0\\right)\\vee c<0"
                        + "\\\\0&\\text{otherwise}\\end{cases}",
                "sqrt(x[i]) → \\sqrt{{x}_{i}}",
                "exp(x[i]) → \\mathrm{exp}\\left({x}_{i}\\right)",
                "abs(x[i]) → \\left|{x}_{i}\\right|",
                "f(x[i]) → f\\left({x}_{i}\\right)",
                "max(c, x[i]) → \\mathrm{max}\\left(c,\\,{x}_{i}\\right)",
                "x[t[i]] → {x}_{{t}_{i}}",
                "0.50 * c → 0.50\\,c",
                "2 * 3^c → 2\\cdot {3}^{c}",
                "pi * alpha → \\pi \\,\\alpha ",
                "b_long * c2 → \\mathrm{b\\_long}\\,\\mathrm{c2}",
                "K1 * c → {K}_{1}\\,c"
            })
    void isSetAs(String text, String latex) {
        assertThat(Latex.print(node(text)).strip()).as(text).isEqualTo(latex.strip());
    }

    @Test
    void derivativesAndErrorsHaveTheSignsOfTheText() {
        Layer layer = Specs.parse(
                        "formulas.layer",
                        "layer L[N] { input x[N] output y[i < N] = x[i]^2 claim d(y[i]) / d(x[j]) = [i == j] * 2 * x[i]"
                                + " claim grad x[i] = delta[i] * 2 * x[i] claim d(x[i]*x[i]) / d(x[j]) = 2 * x[i] * [i == j] }",
                        Importers.library())
                .layers()
                .get(0);
        assertThat(layer.claims().stream().map(c -> Latex.print(Formulas.of(c.left()))))
                .containsExactly(
                        "\\frac{\\partial {y}_{i}}{\\partial {x}_{j}}",
                        "\\frac{\\partial E}{\\partial {x}_{i}}",
                        "\\frac{\\partial }{\\partial {x}_{j}}\\left({x}_{i}\\,{x}_{i}\\right)");
        assertThat(Latex.print(Formulas.of(layer.claims().get(1).right()))).isEqualTo("2\\,{\\delta }_{i}\\,{x}_{i}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum[k < N, l < N](w[k,l] * x[k]) / N",
                "x[i] > 0 ? sqrt(x[i]) : pad(x[i-1], -inf)",
                "[0 <= i && i < N && c < 1] * x[i div 2]^2",
                "max[k < N](x[k]) - f(x[i])"
            })
    void mathMlIsWellFormed(String text) throws Exception {
        String mathMl = MathMl.print(node(text));
        org.w3c.dom.Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(mathMl)));
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("math");
        for (String pair : new String[] {"mfrac 2", "msub 2", "msup 2", "munder 2", "msubsup 3"}) {
            String[] parts = pair.split(" ");
            org.w3c.dom.NodeList nodes = document.getElementsByTagName(parts[0]);
            for (int k = 0; k < nodes.getLength(); k++) {
                assertThat(nodes.item(k).getChildNodes().getLength())
                        .as("parts of %s in %s", parts[0], mathMl)
                        .isEqualTo(Integer.parseInt(parts[1]));
            }
        }
    }

    @Test
    void namesCannotBeMarkup() {
        MathNode hostile = new MathNode.Row(java.util.List.of(
                new MathNode.Name("</mi><script>"),
                new MathNode.Words("\\end{document}$"),
                new MathNode.Digits("%\\")));
        assertThat(MathMl.print(hostile)).contains("&lt;/mi&gt;&lt;script&gt;").doesNotContain("<script>");
        assertThat(Latex.print(hostile))
                .isEqualTo("\\text{\\textless{}/mi\\textgreater{}\\textless{}script\\textgreater{}}"
                        + "\\text{\\textbackslash{}end\\{document\\}\\$}\\text{\\%\\textbackslash{}}");
    }

    /** A tensor called c2 and the entry 2 of a tensor c must not look the same. */
    @Test
    void aNumberAtTheEndOfATensorIsNoIndex() {
        MathNode name = node("c2");
        MathNode entry = new MathNode.Index(new MathNode.Name("c"), java.util.List.of(new MathNode.Digits("2")));
        assertThat(MathMl.print(name)).contains("<mi>c2</mi>").isNotEqualTo(MathMl.print(entry));
        assertThat(Latex.print(name)).isEqualTo("\\mathrm{c2}").isNotEqualTo(Latex.print(entry));
        assertThat(Latex.print(Formulas.name("c2")))
                .as("in the table of tensors")
                .isEqualTo("\\mathrm{c2}");
    }

    private static MathNode node(String text) {
        return TestFormulas.of(text);
    }
}
