package dev.adjoint.bench;

import dev.adjoint.bench.report.Circumstances;

/** What was typed, as far as a process can know. */
final class Commands {
    private Commands() {}

    /** The command that repeats this run. */
    static String line(String arguments) {
        return line(
                arguments,
                Circumstances.here("", "").pinned(),
                System.getProperty("java.class.path").contains("pytorch"));
    }

    /**
     * The command.
     *
     * @param pinned the cores that the process may use
     * @param peers whether the profile of the peers is on
     */
    static String line(String arguments, String pinned, boolean peers) {
        return (pinned.matches("\\d+") ? "taskset -c " + pinned + " " : "")
                + "mvn -q "
                + (peers ? "-Ppeers " : "")
                + "test-compile exec:exec@bench"
                + (arguments.isEmpty() ? "" : " -Dbench=\"" + arguments + "\"");
    }
}
