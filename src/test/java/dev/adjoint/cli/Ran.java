package dev.adjoint.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** A command line that was run in this JVM, and what came of it. */
record Ran(int status, String out, String err) {
    /** As in a pipe or a log. */
    static Ran adjoint(Object... args) {
        return with(false, terminal -> Main.run(terminal, strings(args)));
    }

    /** As if a person were watching. */
    static Ran watched(Object... args) {
        return with(true, terminal -> Main.run(terminal, strings(args)));
    }

    static Ran with(boolean interactive, ToIntFunction<Terminal> work) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                interactive);
        int status = work.applyAsInt(terminal);
        return new Ran(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Standard output as JSON; fails if it is not one document. */
    Object json() {
        return JsonReader.read(out);
    }

    private static String[] strings(Object... args) {
        return Stream.of(args).map(Object::toString).toArray(String[]::new);
    }
}
