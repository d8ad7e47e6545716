package dev.adjoint.diagnostic;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the user should know: what was found, what was expected, and what to do.
 *
 * @param code stable and documented, as {@code L012}
 * @param place where; null if it concerns no place in a text
 * @param notes further places or facts, in reading order
 * @param help what to do about it; null if the message says it all
 */
public record Diagnostic(
        String code,
        Severity severity,
        @Nullable Place place,
        String message,
        List<Note> notes,
        @Nullable String help) {

    /** How grave it is. */
    public enum Severity {
        ERROR,
        WARNING,
        NOTE
    }

    /** A further fact, with its own place if it has one. */
    public record Note(String text, @Nullable Place place) {}

    public Diagnostic {
        notes = List.copyOf(notes);
    }

    public static Diagnostic error(String code, @Nullable Place place, String message) {
        return new Diagnostic(code, Severity.ERROR, place, message, List.of(), null);
    }

    public static Diagnostic warning(String code, @Nullable Place place, String message) {
        return new Diagnostic(code, Severity.WARNING, place, message, List.of(), null);
    }

    public Diagnostic help(String text) {
        return new Diagnostic(code, severity, place, message, notes, text);
    }

    public Diagnostic note(String text, @Nullable Place where) {
        List<Note> more = new ArrayList<>(notes);
        more.add(new Note(text, where));
        return new Diagnostic(code, severity, place, message, more, help);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
