package dev.adjoint.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The pages in a real browser, where there is one: wide and narrow, light and dark, silent, whole, legible. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserTest {
    private static final List<String> SAMPLE = List.of(
            "index.html",
            "adjoint/backprop/backprop-in-cnns.html",
            "adjoint/plane/Correlation.html",
            "adjoint/conv/Conv2d.html",
            "adjoint/conv/ConvTranspose2d.html",
            "adjoint/pool/MaxPool2d.html",
            "adjoint/recurrent/LstmCell.html",
            "Line.html",
            "Hostile.html",
            "more.html");

    @TempDir
    private Path temp;

    private Browser browser;
    private String checks;

    @BeforeAll
    void start() throws IOException {
        Optional<Path> installed = Browser.installed();
        assumeTrue(installed.isPresent(), "no Chromium on the PATH: the pages were not looked at in a browser");
        browser = Browser.start(installed.get());
        checks = new String(
                BrowserTest.class.getResourceAsStream("page-checks.js").readAllBytes(), StandardCharsets.UTF_8);
    }

    @AfterAll
    void stop() throws IOException {
        if (browser != null) {
            browser.close();
        }
    }

    /** Of each kind of page and of figure one; all of them with {@code -Dadjoint.pages=all}. */
    @Test
    void pagesAreWholeAndLegible() throws IOException {
        List<SpecReport> more = List.of(SomePages.spec(SomePages.hostile(), SomePages.line()));
        Map<String, String> pages = new HashMap<>();
        Pages.all(more, Pages.Format.HTML).forEach(page -> pages.put(page.path(), page.text()));
        SomePages.printed(Pages.Format.HTML).forEach(page -> pages.put(page.path(), page.text()));
        boolean all = "all".equals(System.getProperty("adjoint.pages"));
        for (String path : all ? new TreeSet<>(pages.keySet()) : SAMPLE) {
            assertThat(pages).containsKey(path);
            look(Files.writeString(temp.resolve(path.replace('/', '-')), pages.get(path)));
        }
    }

    /** A check that sees nothing is none: each of these faults must be named. */
    @Test
    void faultsAreSeen() throws IOException {
        String page = Pages.page(SomePages.line(), Pages.Format.HTML);
        Map<String, String> faults = Map.of(
                page.replace("--ink: #1b1b1f", "--ink: #b0b0b0"), "contrast",
                page.replace("<desc ", "<metadata ").replace("</desc>", "</metadata>"), "without a description",
                page.replace("<main ", "<div style=\"width:2000px\">wide</div><main "), "wider than the window",
                page.replace("</h1>", "</h1><h4>deep</h4>"), "a heading of level 4 below level 1",
                page.replace("href=\"#equation\"", "href=\"#nowhere\""), "#nowhere",
                page.replace("class=\"label\" x=\"", "class=\"label\" x=\"1"), "text",
                page.replace("<math ", "<span ").replace("</math>", "</span>"), "no formula");
        int k = 0;
        for (Map.Entry<String, String> fault : faults.entrySet()) {
            assertThat(fault.getKey()).as(fault.getValue()).isNotEqualTo(page);
            Path file = Files.writeString(temp.resolve("fault-" + k++ + ".html"), fault.getKey());
            browser.open(file, 1280, false);
            assertThat(problems(true, true))
                    .as("what is said of " + fault.getValue())
                    .anyMatch(p -> p.contains(fault.getValue()));
        }
        Path calls = Files.writeString(
                temp.resolve("calls.html"),
                page.replaceAll("<meta http-equiv[^>]*>", "")
                        .replace("</h1>", "</h1><img src=\"there.png\"><script>console.error('x')</script>"));
        browser.open(calls, 1280, false);
        assertThat(noises(calls)).anyMatch(n -> n.contains("there.png")).anyMatch(n -> n.contains("consoleAPICalled"));
    }

    /** Wide and light; dark, where only the colours are others; narrow, where only the places are. */
    private void look(Path file) {
        browser.open(file, 1280, false);
        assertThat(problems(true, true)).as("%s, wide and light", file).isEmpty();
        browser.colors(true);
        assertThat(problems(false, true)).as("%s, dark", file).isEmpty();
        browser.width(360);
        assertThat(problems(true, false)).as("%s, narrow", file).isEmpty();
        assertThat(noises(file)).as("what %s said and asked for", file).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private List<String> problems(boolean places, boolean colors) {
        return (List<String>) browser.evaluate("(" + checks + ")(" + places + ", " + colors + ")");
    }

    /** Errors, messages, and requests for anything but the page itself. */
    private List<String> noises(Path page) {
        List<String> noises = new ArrayList<>();
        for (Map<String, Object> event : browser.events()) {
            String method = String.valueOf(event.get("method"));
            boolean request = method.equals("Network.requestWillBeSent")
                    && !String.valueOf(event).contains("url=" + page.toUri());
            boolean message = method.equals("Runtime.exceptionThrown")
                    || method.equals("Runtime.consoleAPICalled")
                    || method.equals("Log.entryAdded");
            if (request || message) {
                noises.add(String.valueOf(event));
            }
        }
        return noises;
    }
}
