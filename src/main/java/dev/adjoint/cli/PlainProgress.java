package dev.adjoint.cli;

import dev.adjoint.build.Progress;
import java.io.PrintStream;
import java.util.Locale;

/** A line for each phase, for logs: {@code check   25 classes}. */
final class PlainProgress implements Progress {
    private final PrintStream err;

    PlainProgress(PrintStream err) {
        this.err = err;
    }

    @Override
    public void begin(String phase, int items) {
        err.printf(Locale.ROOT, "%-7s %s%n", phase, count(phase, items));
        err.flush();
    }

    /** How many, and of what; the phases are those of a build. */
    private static String count(String phase, int items) {
        return switch (phase) {
            case "read" -> items == 1 ? "1 spec" : items + " specs";
            case "prove" -> items == 1 ? "1 claim" : items + " claims";
            case "derive" -> items == 1 ? "1 layer" : items + " layers";
            case "emit", "check" -> items == 1 ? "1 class" : items + " classes";
            case "tune" -> items == 1 ? "1 tensor" : items + " tensors";
            default -> Integer.toString(items);
        };
    }

    @Override
    public void item(String name) {}

    @Override
    public void end() {}
}
