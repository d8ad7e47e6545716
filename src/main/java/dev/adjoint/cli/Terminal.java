package dev.adjoint.cli;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;

/**
 * Where a command prints.
 *
 * @param interactive whether a person is watching: colours and a live line of progress are welcome
 */
record Terminal(PrintStream out, PrintStream err, boolean interactive) {
    /** Whether this process talks to a terminal that understands colours. */
    static boolean isInteractive() {
        boolean plain = System.getenv("NO_COLOR") != null || "dumb".equals(System.getenv("TERM"));
        return !plain
                && Optional.ofNullable(System.console())
                        .map(Terminal::isTerminal)
                        .orElse(false);
    }

    private static boolean isTerminal(Console console) {
        try {
            // Since Java 22 there is a console even where output goes to a file.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
