package dev.adjoint.cli;

import dev.adjoint.Adjoint;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code adjoint}: {@code derive}, {@code verify}, {@code generate}, {@code check}, {@code build}. */
@Command(
        name = "adjoint",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description =
                "You write what a layer computes; Adjoint derives its gradients, proves or refutes those that you derived,"
                        + " and writes the Java class.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  adjoint derive specs/conv.layer Conv2d --of w --steps",
            "  adjoint verify specs/conv.layer",
            "  adjoint generate src/main/adjoint --into src/main/java",
            "  adjoint check specs",
            "  adjoint build specs --into generated",
            "",
            "Exit status: 0 all well, 1 a claim or a check failed, 2 bad usage or a bad spec, 70 a bug of Adjoint.",
            "",
            "With --format json every command prints one document on standard output, whatever happens:",
            "  {status, diagnostics: [{code, severity, place, message, notes: [{text, place}], help}]}",
            "  where a place is null or {file, line, column, endLine, endColumn}, counted from 1, the end inclusive.",
            "If the status is 0 or 1 it also has",
            "  derive: layers: [{layer, sizes, equations: [{of, indices, formula}],",
            "      gradients: [{of, indices, formula, padded, region, flipped, words}]}], region and flipped null if no",
            "      convolution; with --steps also chainRule, and steps and paddedSteps:",
            "      [{rule, law, part, becomes, condition, result}]",
            "  verify: require, claims: [{layer, statement, label, place, verdict, sizes: [{name, value}],",
            "      assumptions, granted, reads, passes, reason, derived, counterexample, diagnosis: {mistakes, mended}}] where a",
            "      counterexample is {sizes, element: [{name, value}], tensors: [{name, shape, values}], derived,",
            "      claimed, missing, extra}; both are null if there is none; with --times also milliseconds",
            "  generate, check, build: layers: [{layer, spec, gradients, milliseconds,",
            "      classes: [{class, largestError, largestFloatError, failures}]}], errors null if not checked,",
            "      written, unchanged, deleted: relative paths, milliseconds; build also claims, as verify",
            "  generate --tune: tuned: {choices: [{class, tensor, plan, modelled, speedup, compared}],",
            "      records: paths}, modelled if the planner would choose the same",
            "Members may be added; none of these changes its name or meaning."
        })
public final class Main implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    private Main() {}

    /** Without a command there is nothing to do but to say which there are. */
    @Override
    public void run() {
        CommandLine adjoint = Objects.requireNonNull(spec).commandLine();
        String commands = String.join(", ", adjoint.getSubcommands().keySet());
        throw new ParameterException(adjoint, "a command is missing, one of " + commands);
    }

    /** Runs one command and ends the JVM with its exit status. */
    public static void main(String[] args) {
        PrintStream out = stream(FileDescriptor.out);
        PrintStream err = stream(FileDescriptor.err);
        int status = run(new Terminal(out, err, Terminal.isInteractive()), args);
        out.flush();
        err.flush();
        System.exit(status);
    }

    /**
     * Runs one command.
     *
     * @return its exit status
     */
    static int run(Terminal terminal, String... args) {
        return new CommandLine(new Main())
                .addSubcommand(new DeriveCommand(terminal))
                .addSubcommand(new VerifyCommand(terminal))
                .addSubcommand(new GenerateCommand(terminal))
                .addSubcommand(new CheckCommand(terminal))
                .addSubcommand(new BuildCommand(terminal))
                .setOut(writer(terminal.out()))
                .setErr(writer(terminal.err()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.interactive() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpLongOptionsMaxWidth(24)
                .setUsageHelpWidth(100)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Usage::report)
                .execute(args);
    }

    /** UTF-8 whatever the locale: formulas have Greek letters. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /** What {@code --version} prints. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"adjoint " + Adjoint.version() + " on Java " + Runtime.version()};
        }
    }
}
