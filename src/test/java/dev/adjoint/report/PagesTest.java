package dev.adjoint.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.emit.SourceFile;
import dev.adjoint.report.Pages.Format;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What stands on pages, in each format. */
class PagesTest {
    @Test
    void aPageTellsTheWholeOfALayer() throws IOException {
        String page = html("Correlation");
        assertThat(page)
                .contains("<h1 id=\"layer\">Layer Correlation</h1>")
                .contains("what networks call a convolution. Every weight is shared")
                .contains("aria-label=\"x[i, j] = sum[m &lt; K1, n &lt; K2](w[m, n] * o[i+m, j+n]) + b for i &lt;")
                .contains("aria-label=\"grad o[p, q] = sum[m &lt; K1, n &lt; K2](pad(delta[p-m, q-n]) * w[m, n])")
                .contains(
                        "<b>sifting</b> <code>sum[i](a[i] * [i == e]) = [e in range] * a[e]</code> with <code>i = p-m")
                .contains("full convolution of δ with w")
                .contains("Emitted in Correlation3x3.java")
                .contains("private void computeGradW(float[] delta, float[] o, float[] gradW)")
                .contains("The kernel and the flipped kernel")
                .contains("What one input pixel reaches")
                .contains("<mrow class=\"new\">")
                .contains("<mrow class=\"old\">")
                .contains("id=\"claim-5\"")
                .contains("As it was written: <code>claim grad o = full_convolve(delta, w)</code>");
        assertThat(page.split("class=\"number\"", -1)).as("numbered equations").hasSize(8);
    }

    @Test
    void everyStepOfTheDerivationStandsOnThePage() throws IOException {
        for (LayerReport report : SomePages.library()) {
            String page = Pages.page(report, Format.HTML);
            report.derivation()
                    .gradients()
                    .forEach(g -> g.steps()
                            .forEach(step -> assertThat(page)
                                    .as("%s: grad %s", report.layer().name(), g.of().name())
                                    .contains("<b>" + step.rule() + "</b>")));
            int steps = report.derivation().gradients().stream()
                    .mapToInt(g -> g.steps().size())
                    .sum();
            assertThat(page.split("<p class=\"reason\">", -1).length - 1)
                    .as("reasons on the page of %s", report.layer().name())
                    .isGreaterThanOrEqualTo(steps);
        }
    }

    /** What a step leaves as it was is not printed again, or the largest page has 1.4 MB. */
    @ParameterizedTest
    @EnumSource(Format.class)
    void longSumsAreNotRepeatedInEachStep(Format format) throws IOException {
        LayerReport gru = SomePages.library().stream()
                .filter(r -> r.layer().name().equals("GruCell"))
                .findFirst()
                .orElseThrow();
        String page = Pages.page(gru, format);
        assertThat(page.split("unchanged\\s+terms|unchanged\\u00A0terms", -1).length)
                .as("steps that say how many terms stay as they were")
                .isGreaterThan(40);
        assertThat(page.length()).as("letters of the page of GruCell").isLessThan(800_000);
    }

    /** A claim through definitions is shown by their names, and what they stand for. */
    @ParameterizedTest
    @EnumSource(Format.class)
    void claimsKeepTheNamesOfDefinitions(Format format) throws IOException {
        LayerReport correlation = SomePages.library().stream()
                .filter(r -> r.layer().name().equals("Correlation"))
                .findFirst()
                .orElseThrow();
        String page = Pages.page(correlation, format);
        String name =
                format == Format.HTML ? "<mi>full_convolve</mi>" : "\\mathrm{full\\_convolve}\\left(\\delta ,\\,w";
        assertThat(page).as("the claim by its name").contains(name);
        assertThat(page.substring(page.indexOf(name)))
                .as("after it, the claim opened")
                .contains("Or, with what was defined written out:");
    }

    @Test
    void verdictsStandBesideTheirClaims() {
        String page = Pages.page(SomePages.hostile(), Format.HTML);
        assertThat(page)
                .contains("<section class=\"framed proved\" id=\"claim-1\">")
                .contains("<strong class=\"badge proved\">✓ PROVED for K_1 = 3</strong>")
                .contains("<section class=\"framed refuted\" id=\"claim-2\">")
                .contains("<strong class=\"badge refuted\">✗ REFUTED</strong>")
                .contains("<strong>Counterexample:</strong> for H = 2 at m = 0 the derived value is")
                .contains("<strong class=\"badge tested\">≈ TESTED</strong>")
                .contains("<strong class=\"badge unknown\">? UNKNOWN</strong>");
    }

    /** The text's argument in its order: its numbers, and its seven figures where they belong. */
    @Test
    void theTextHasAPageThatTellsItInOrder() throws IOException {
        String page = SomePages.printed(Format.HTML).stream()
                .filter(f -> f.path().equals("adjoint/backprop/backprop-in-cnns.html"))
                .map(SourceFile::text)
                .findFirst()
                .orElseThrow();
        List<String> order = new ArrayList<>();
        Matcher found = Pattern.compile("<strong>\\((\\d+)\\)</strong>|<b>(Figure \\d+): ([^,.<]*)")
                .matcher(page);
        while (found.find()) {
            String each = found.group(1) == null ? found.group(2) + " " + found.group(3) : found.group(1);
            if (order.isEmpty() || !order.get(order.size() - 1).equals(each)) {
                order.add(each);
            }
        }
        assertThat(order)
                .containsSubsequence(
                        "Figure 1 Receptive fields and shared weights",
                        "Figure 2 The kernel and the flipped kernel",
                        "Figure 3 The forward pass",
                        "1",
                        "2",
                        "3",
                        "4",
                        "5",
                        "6",
                        "7",
                        "8",
                        "9",
                        "Figure 4 What one weight reaches",
                        "Figure 5 The error and the flipped error",
                        "Figure 6 The backward pass for the weights",
                        "10",
                        "11",
                        "12",
                        "13",
                        "14",
                        "Figure 7 What one input pixel reaches",
                        "15",
                        "16",
                        "17",
                        "18",
                        "19",
                        "20",
                        "21",
                        "22");
        assertThat(page)
                .contains("<h1 id=\"spec\">Backpropagation in convolutional neural networks</h1>")
                .contains("def rot180(a[M, N])")
                .contains("href=\"../../adjoint/backprop/SuccessiveLayers.html\"");
    }

    @Test
    void onlyWhatWasAskedForIsDerived() throws IOException {
        assertThat(html("GradientDescent")).doesNotContain("Its gradients");
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void noTextOfTheUserBreaksOut(Format format) {
        String page = Pages.page(SomePages.hostile(), format);
        assertThat(page).as("the hostile text is there").contains("alert(1)");
        assertThat(page).doesNotContain("\u0007").doesNotContain("\r");
        switch (format) {
            case HTML ->
                assertThat(page)
                        .doesNotContain("<script", "<img", "-->\n<!")
                        .contains("&lt;/title&gt;&lt;/style&gt;")
                        .containsOnlyOnce("</style>")
                        .containsOnlyOnce("</html>");
            case LATEX -> {
                assertThat(page).containsOnlyOnce("\\end{document}").doesNotContain("\\input{");
                assertThat(page.substring(page.indexOf('\n')))
                        .doesNotContainPattern("(?m)^[^\\\\\n]*[^\\\\\n]%[^\n]*alert");
            }
            case MARKDOWN ->
                page.lines()
                        .filter(line -> !line.startsWith("    "))
                        .forEach(line -> assertThat(line).doesNotContainPattern("(?<!\\\\)<(script|img|/)(?!code)"));
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void pagesAreTheSameBytesEachTime(Format format) throws IOException {
        List<SourceFile> files = SomePages.printed(format);
        assertThat(Pages.all(SomePages.specsAgain(), format)).isEqualTo(files);
        files.forEach(file -> assertThat(file.text())
                .as(file.path())
                .endsWith("\n")
                .doesNotContain("\r", System.getProperty("user.dir"))
                .contains(file.path().endsWith(".svg") ? "<svg" : "Generated by Adjoint from"));
    }

    /** Nothing from outside, no script, no style but its own. */
    @Test
    void htmlNeedsNothingElse() throws IOException {
        for (SourceFile file : SomePages.printed(Format.HTML)) {
            assertThat(file.text())
                    .as(file.path())
                    .contains("content=\"default-src 'none'; style-src 'unsafe-inline'\"")
                    .doesNotContainPattern("<(script|link|img|iframe|object)\\b")
                    .doesNotContainPattern("(?i)\\b(src|srcset|xlink:href)=")
                    .doesNotContainPattern("url\\(|@import|https?://(?!www\\.w3\\.org)");
        }
    }

    @Test
    void linksLeadToPages() throws IOException {
        List<SpecReport> specs = new ArrayList<>(SomePages.specs());
        specs.add(SomePages.spec(SomePages.line(), SomePages.line()));
        Map<String, String> files = new HashMap<>();
        Pages.all(specs, Format.HTML).forEach(f -> files.put(f.path(), f.text()));
        assertThat(files)
                .containsKeys("index.html", "adjoint/conv/Conv2d.html", "Line.html", "Line-2.html", "more.html");
        int links = 0;
        for (Map.Entry<String, String> file : files.entrySet()) {
            Matcher link = Pattern.compile("<a href=\"([^\"#]+)\"").matcher(file.getValue());
            while (link.find()) {
                java.nio.file.Path to = java.nio.file.Path.of("/" + file.getKey())
                        .resolveSibling(link.group(1))
                        .normalize();
                assertThat(files)
                        .as("the link %s of %s", link.group(1), file.getKey())
                        .containsKey(to.toString().substring(1));
                links++;
            }
        }
        assertThat(links)
                .as("each page is linked from the index, and the index from it")
                .isGreaterThanOrEqualTo(2 * (files.size() - 1));
    }

    @Test
    void markdownHasItsFiguresBesideIt() throws IOException {
        Map<String, String> files = new HashMap<>();
        SomePages.printed(Format.MARKDOWN).forEach(f -> files.put(f.path(), f.text()));
        String page = files.get("adjoint/plane/Correlation.md");
        Matcher picture = Pattern.compile("!\\[[^]]*]\\(<([^>]+)>\\)").matcher(page);
        int pictures = 0;
        while (picture.find()) {
            assertThat(files.get("adjoint/plane/" + picture.group(1)))
                    .as(picture.group(1))
                    .startsWith("<svg xmlns=")
                    .contains("<title ", "<desc ");
            pictures++;
        }
        assertThat(pictures).isEqualTo(8);
    }

    private static String html(String layer) throws IOException {
        return SomePages.library().stream()
                .filter(r -> r.layer().name().equals(layer))
                .map(r -> Pages.page(r, Format.HTML))
                .findFirst()
                .orElseThrow();
    }
}
