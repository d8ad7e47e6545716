package dev.adjoint.cli;

import java.io.Console;
import java.io.PrintStream;

/**
 * Where a command prints.
 *
 * @param interactive whether a person is watching: colours and a live line of progress are welcome
 */
record Terminal(PrintStream out, PrintStream err, boolean interactive) {
    /** Whether this process talks to a terminal that understands colours. */
    static boolean isInteractive() {
        Console console = System.console();
        if (console == null || System.getenv("NO_COLOR") != null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            // Since Java 22 there is a console even where output goes to a file.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
