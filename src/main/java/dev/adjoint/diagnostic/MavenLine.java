package dev.adjoint.diagnostic;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Diagnostics for a build's log: {@code file:[line,col] CODE: message}, the form that editors and continuous
 * integration link to; notes and help follow on lines of their own.
 */
public final class MavenLine {
    private MavenLine() {}

    /**
     * One diagnostic, without a final line feed.
     *
     * @param base what relative file names are relative to
     */
    public static String of(Diagnostic diagnostic, Path base) {
        StringBuilder text = new StringBuilder();
        if (diagnostic.place() != null) {
            text.append(place(diagnostic.place(), base)).append(' ');
        }
        text.append(withoutPlace(diagnostic, base));
        return text.toString();
    }

    /** Everything but its place, for a tool that shows the place in a way of its own. */
    public static String withoutPlace(Diagnostic diagnostic, Path base) {
        StringBuilder text = new StringBuilder(diagnostic.code()).append(": ").append(indented(diagnostic.message()));
        for (Diagnostic.Note note : diagnostic.notes()) {
            text.append("\n  note: ").append(indented(note.text()));
            if (note.place() != null) {
                text.append(" (").append(place(note.place(), base)).append(')');
            }
        }
        if (diagnostic.help() != null) {
            text.append("\n  help: ").append(indented(diagnostic.help()));
        }
        return text.toString();
    }

    private static String indented(String text) {
        return Display.visibleLines(text).replace("\n", "\n    ");
    }

    private static String place(Place place, Path base) {
        return Display.visible(absolute(place.file(), base)) + ":[" + place.line() + "," + place.column() + "]";
    }

    /** The file's absolute path; a name with a scheme, as the library's have, stays as it is. */
    private static String absolute(String file, Path base) {
        if (file.matches("[a-z]{2,}:.*")) {
            return file;
        }
        try {
            return base.resolve(file).toAbsolutePath().normalize().toString();
        } catch (InvalidPathException e) {
            return file;
        }
    }
}
