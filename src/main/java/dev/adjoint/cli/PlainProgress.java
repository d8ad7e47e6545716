package dev.adjoint.cli;

import dev.adjoint.build.Progress;
import java.io.PrintStream;

/** A line for each phase, for logs. */
final class PlainProgress implements Progress {
    private final PrintStream err;

    PlainProgress(PrintStream err) {
        this.err = err;
    }

    @Override
    public void begin(String phase, int items) {
        err.println(phase + " " + items);
        err.flush();
    }

    @Override
    public void item(String name) {}

    @Override
    public void end() {}
}
