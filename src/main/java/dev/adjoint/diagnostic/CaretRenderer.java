package dev.adjoint.diagnostic;

import dev.adjoint.diagnostic.Diagnostic.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Diagnostics for a person at a terminal: the message, the line that it is about with a caret under it, notes, help.
 *
 * <pre>
 * error[L012]: unknown name `ww`
 *  --&gt; conv.layer:7:16
 *   |
 * 7 |     sum[c &lt; C](ww[c] * o[c])
 *   |                ^^
 *   = help: did you mean `w`?
 * </pre>
 */
public final class CaretRenderer {
    private final SourceText sources;
    private final Style style;

    public CaretRenderer(SourceText sources, boolean color) {
        this.sources = sources;
        this.style = new Style(color);
    }

    /** All of them, an empty line between each two. */
    public String render(List<Diagnostic> diagnostics) {
        StringBuilder all = new StringBuilder();
        for (Diagnostic diagnostic : diagnostics) {
            all.append(all.isEmpty() ? "" : "\n").append(render(diagnostic));
        }
        return all.toString();
    }

    /** One of them; ends with a line feed. */
    public String render(Diagnostic diagnostic) {
        StringBuilder text = new StringBuilder();
        String title = diagnostic.severity().name().toLowerCase(java.util.Locale.ROOT) + "[" + diagnostic.code() + "]";
        String[] message = Display.visibleLines(diagnostic.message()).split("\n", 2);
        text.append(style.severity(diagnostic.severity(), title))
                .append(style.bold(": " + message[0]))
                .append('\n');
        if (message.length > 1) {
            text.append(message[1].indent(2));
        }
        int gutter = place(text, diagnostic.place(), diagnostic.severity());
        for (Diagnostic.Note note : diagnostic.notes()) {
            if (note.place() == null) {
                aside(text, gutter, "note", note.text());
            }
        }
        if (diagnostic.help() != null) {
            aside(text, gutter, "help", diagnostic.help());
        }
        for (Diagnostic.Note note : diagnostic.notes()) {
            if (note.place() != null) {
                text.append(style.severity(Severity.NOTE, "note"))
                        .append(": ")
                        .append(Display.visibleLines(note.text()))
                        .append('\n');
                place(text, note.place(), Severity.NOTE);
            }
        }
        return text.toString();
    }

    /** Appends the place and its line; returns the width of the line number, to which asides are aligned. */
    private int place(StringBuilder text, @Nullable Place place, Severity severity) {
        if (place == null) {
            return 0;
        }
        String number = Integer.toString(place.line());
        String margin = " ".repeat(number.length());
        text.append(margin)
                .append(style.frame("--> "))
                .append(Display.visible(place.toString()))
                .append('\n');
        String line = line(place);
        if (line == null) {
            return number.length();
        }
        Snippet snippet = Snippet.of(line, place);
        text.append(margin).append(style.frame(" |")).append('\n');
        text.append(style.frame(number + " |"))
                .append(' ')
                .append(snippet.line().stripTrailing())
                .append('\n');
        text.append(margin)
                .append(style.frame(" |"))
                .append(' ')
                .append(" ".repeat(snippet.start()))
                .append(style.severity(severity, "^".repeat(snippet.length())))
                .append('\n');
        return number.length();
    }

    private @Nullable String line(Place place) {
        return sources.of(place.file())
                .flatMap(all -> all.lines().skip(place.line() - 1L).findFirst())
                .orElse(null);
    }

    private void aside(StringBuilder text, int gutter, String kind, String what) {
        String head = " ".repeat(gutter) + " = " + kind + ": ";
        String body = Display.visibleLines(what).replace("\n", "\n" + " ".repeat(head.length()));
        text.append(" ".repeat(gutter))
                .append(style.frame(" = "))
                .append(style.bold(kind))
                .append(": ")
                .append(body)
                .append('\n');
    }

    /** Colours, if wanted. */
    private record Style(boolean color) {
        String severity(Severity severity, String text) {
            String code = severity == Severity.ERROR ? "1;31" : severity == Severity.WARNING ? "1;33" : "1;32";
            return paint(code, text);
        }

        String bold(String text) {
            return paint("1", text);
        }

        String frame(String text) {
            return paint("1;34", text);
        }

        private String paint(String code, String text) {
            return color ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
        }
    }
}
