package dev.adjoint.cli;

import dev.adjoint.build.BuildRequest;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code adjoint build}: all of it over a directory. */
@Command(
        name = "build",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description =
                "Derives every layer of the specs, judges every claim, emits, compiles and checks every class and, if all"
                        + " is well, writes the classes into DIR/java. If anything is wrong, nothing is written.",
        footerHeading = "%nExample:%n",
        footer = "  adjoint build specs --into generated")
final class BuildCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SPECS", description = "A directory of specs, or one spec.")
    private Path specs = Path.of("");

    @Option(names = "--into", required = true, paramLabel = "DIR", description = "The directory to write into.")
    private Path into = Path.of("");

    @Mixin
    private final ProofOptions proofs = new ProofOptions();

    @Mixin
    private final Common common;

    BuildCommand(Terminal terminal) {
        common = new Common(terminal);
    }

    @Override
    public Integer call() {
        return common.run(c -> Summary.run(
                c,
                BuildRequest.of(specs)
                        .into(into)
                        .inFolder("java/")
                        .proving(proofs.require, proofs.budget)
                        .checked()));
    }
}
