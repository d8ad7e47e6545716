package dev.adjoint.cli;

import dev.adjoint.build.Progress;
import java.io.PrintStream;

/** One line that tells what is being worked on, and vanishes at the end. */
final class LiveProgress implements Progress {
    private static final int BAR = 24;
    private static final int NAME = 40;

    private final PrintStream err;
    private String phase = "";
    private int items;
    private int begun;

    LiveProgress(PrintStream err) {
        this.err = err;
    }

    @Override
    public void begin(String phase, int items) {
        this.phase = phase;
        this.items = items;
        this.begun = 0;
    }

    @Override
    public void item(String name) {
        begun++;
        int full = items == 0 ? 0 : Math.min(BAR, BAR * begun / items);
        String bar = "█".repeat(full) + "░".repeat(BAR - full);
        String shown = name.length() > NAME ? "…" + name.substring(name.length() - NAME + 1) : name;
        err.printf("\r\u001b[K%-6s %s %d/%d %s", phase, bar, begun, items, shown);
        err.flush();
    }

    @Override
    public void end() {
        err.print("\r\u001b[K");
        err.flush();
    }
}
