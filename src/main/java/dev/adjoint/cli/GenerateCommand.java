package dev.adjoint.cli;

import dev.adjoint.build.BuildRequest;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code adjoint generate}: writes classes. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description =
                "Writes the class of every `generate` of the specs. A file is written only if its bytes differ, and"
                        + " never over one that somebody else wrote or edited.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  adjoint generate src/main/adjoint --into src/main/java",
            "  adjoint generate conv.layer --into /tmp/out"
        })
final class GenerateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SPECS", description = "A spec, or a directory of specs.")
    private Path specs = Path.of("");

    @Option(names = "--into", required = true, paramLabel = "DIR", description = "The source directory to write into.")
    private Path into = Path.of("");

    @Mixin
    private final Common common;

    GenerateCommand(Terminal terminal) {
        common = new Common(terminal);
    }

    @Override
    public Integer call() {
        return common.run(c -> Summary.run(c, BuildRequest.of(specs).into(into)));
    }
}
