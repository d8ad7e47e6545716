package dev.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.expr.Printer;
import java.util.List;
import java.util.stream.Collectors;

/** Texts read for tests, and what they say. */
final class Read {
    private Read() {}

    static SpecFile file(String text) {
        return Specs.parse("test.layer", text, Importers.library());
    }

    /** The first layer of a text. */
    static Layer layer(String text) {
        return file(text).layers().get(0);
    }

    /** The first class of a text. */
    static Generate generate(String text) {
        return file(text).generates().get(0);
    }

    /** An equation as it was resolved, {@code y[i < N] = x[i]}. */
    static String equation(Layer layer, String target) {
        Equation equation = layer.equations().stream()
                .filter(e -> e.target().name().equals(target))
                .findFirst()
                .orElseThrow();
        String ranges = equation.indices().isEmpty() ? "" : "[" + Printer.ranges(equation.indices()) + "]";
        return target + ranges + " = " + Printer.print(equation.rhs());
    }

    /** The claims as they were resolved, with the ranges of their indices. */
    static List<String> claims(Layer layer) {
        return layer.claims().stream()
                .map(c -> Printer.print(c.left()) + " = " + Printer.print(c.right())
                        + c.indices().stream()
                                .map(Object::toString)
                                .collect(Collectors.joining(", ", c.indices().isEmpty() ? "" : " for ", "")))
                .toList();
    }

    /** What is wrong with a text, which must not be right. */
    static List<Diagnostic> mistakes(String text) {
        try {
            file(text);
        } catch (AdjointException e) {
            return e.diagnostics();
        }
        return fail("no mistake was found in\n" + text);
    }

    /** What is wrong with a text, {@code line:column code message}. */
    static List<String> messages(String text) {
        return mistakes(text).stream().map(Read::line).toList();
    }

    static String line(Diagnostic d) {
        String at = d.place() == null ? "" : d.place().line() + ":" + d.place().column() + " ";
        return at + d.code() + " " + d.message();
    }

    /** Every place lies inside the text, the end included. */
    static void assertPlaces(String text, String file, List<Diagnostic> found) {
        List<String> lines = text.replace("\r\n", "\n").lines().toList();
        for (Diagnostic d : found) {
            assertThat(d.message()).as("a message").isNotBlank();
            assertThat(d.place()).as("a place of %s", line(d)).isNotNull();
            if (d.place().file().equals(file)) {
                int last = Math.max(1, lines.size());
                String shown = lines.isEmpty()
                        ? ""
                        : lines.get(Math.min(last, d.place().line()) - 1);
                assertThat(d.place().line()).as("the line of %s", line(d)).isBetween(1, last);
                assertThat(d.place().column())
                        .as("the column of %s in: %s", line(d), shown)
                        .isBetween(1, shown.codePointCount(0, shown.length()) + 1);
            }
        }
    }
}
