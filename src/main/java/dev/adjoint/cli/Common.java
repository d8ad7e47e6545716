package dev.adjoint.cli;

import dev.adjoint.Adjoint;
import dev.adjoint.build.Progress;
import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.CaretRenderer;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Json;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command, and how each command ends. */
final class Common {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int BAD_INPUT = 2;
    static final int BUG = 70;

    /** When to colour. */
    enum Color {
        AUTO,
        ALWAYS,
        NEVER
    }

    /** For whom to print; pages are what {@code derive} alone makes. */
    enum Format {
        TEXT,
        JSON,
        MARKDOWN,
        LATEX,
        HTML
    }

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description = "auto, always or never; auto, the default, colours for a terminal.")
    Color color = Color.AUTO;

    Format format = Format.TEXT;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, the default, or json: one document, described by `adjoint --help`.")
    void format(String name) {
        format = formats.stream()
                .filter(known -> known.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> misused("Invalid value for option '--format': this command prints "
                        + formats.stream().map(Common::lower).collect(Collectors.joining(", ")) + ", not '" + name
                        + "'"));
    }

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    private final Terminal terminal;
    private final Set<Format> formats;

    Common(Terminal terminal) {
        this(terminal, EnumSet.of(Format.TEXT, Format.JSON));
    }

    /** @param formats that the command prints */
    Common(Terminal terminal, Set<Format> formats) {
        this.terminal = terminal;
        this.formats = formats;
    }

    boolean json() {
        return format == Format.JSON;
    }

    void print(String text) {
        terminal.out().print(text);
    }

    /** The live line on a terminal, a line a phase elsewhere, nothing for machines. */
    Progress progress() {
        if (json()) {
            return Progress.NONE;
        }
        return terminal.interactive() ? new LiveProgress(terminal.err()) : new PlainProgress(terminal.err());
    }

    /**
     * Does a command's work; maps what it throws to what the user sees.
     *
     * @param work returns the exit status
     */
    int run(ToIntFunction<Common> work) {
        try {
            return work.applyAsInt(this);
        } catch (AdjointException e) {
            if (json()) {
                print(Json.print(document(BAD_INPUT, e.diagnostics())));
            } else {
                show(e.diagnostics());
            }
            return BAD_INPUT;
        } catch (ParameterException e) {
            throw e;
        } catch (OutOfMemoryError e) {
            bug("out of memory; give Java more, as in java -Xmx4g -jar adjoint-cli.jar …");
            return BUG;
        } catch (RuntimeException | Error e) {
            bug("this is a bug of Adjoint, not of your spec; please report it with the spec and the stack trace");
            terminal.err().println("adjoint " + Adjoint.version() + " on Java " + Runtime.version());
            e.printStackTrace(terminal.err());
            return BUG;
        }
    }

    /** What is said of a command line whose parts do not fit together. */
    ParameterException misused(String message) {
        return new ParameterException(Objects.requireNonNull(command).commandLine(), message);
    }

    private static String lower(Format format) {
        return format.name().toLowerCase(Locale.ROOT);
    }

    private void bug(String message) {
        if (json()) {
            print(Json.print(document(BUG, List.of(Diagnostic.error("U070", null, message)))));
        } else {
            terminal.err().println("error: " + message);
        }
    }

    /** Shows diagnostics to a person, in colours if these are wanted. */
    CaretRenderer renderer() {
        boolean colored = color == Color.ALWAYS || color == Color.AUTO && terminal.interactive();
        return new CaretRenderer(Adjoint.sources(), colored);
    }

    /** Diagnostics for a person, and how many there are. */
    void show(List<Diagnostic> diagnostics) {
        if (diagnostics.isEmpty()) {
            return;
        }
        terminal.err().print(renderer().render(diagnostics));
        long errors = diagnostics.stream().filter(Diagnostic::isError).count();
        long warnings = diagnostics.size() - errors;
        String count = errors == 0 ? "" : errors == 1 ? "1 error" : errors + " errors";
        String rest = warnings == 0 ? "" : warnings == 1 ? "1 warning" : warnings + " warnings";
        terminal.err().println("\n" + count + (errors > 0 && warnings > 0 ? ", " : "") + rest);
    }

    /** The head of every JSON document. */
    static Map<String, @Nullable Object> document(int status, List<Diagnostic> diagnostics) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("status", status);
        map.put("diagnostics", diagnostics.stream().map(Json::of).toList());
        return map;
    }
}
