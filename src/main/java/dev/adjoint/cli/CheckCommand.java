package dev.adjoint.cli;

import dev.adjoint.build.BuildRequest;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code adjoint check}: compares classes with numeric gradients. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description =
                "Compiles the class of every `generate` of the specs, runs it in a JVM of its own, and compares what it"
                        + " computes with the equation, the derived formulas and numeric gradients. Writes nothing.",
        footerHeading = "%nExamples:%n",
        footer = {"  adjoint check specs", "  adjoint check conv.layer --format json"})
final class CheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SPECS", description = "A spec, or a directory of specs.")
    private Path specs = Path.of("");

    @Mixin
    private final Common common;

    CheckCommand(Terminal terminal) {
        common = new Common(terminal);
    }

    @Override
    public Integer call() {
        return common.run(c -> Summary.run(c, BuildRequest.of(specs).checked()));
    }
}
