package dev.adjoint.cli;

import dev.adjoint.Adjoint;
import dev.adjoint.build.BuildRequest;
import dev.adjoint.build.Explanation;
import dev.adjoint.build.TuneResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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
            "  adjoint generate conv.layer --into /tmp/out",
            "  adjoint generate conv.layer --explain                  how each class computes, and why so",
            "  adjoint generate conv.layer --tune --size H=56         measures plans, records the fastest"
        })
final class GenerateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SPECS", description = "A spec, or a directory of specs.")
    private Path specs = Path.of("");

    @Option(names = "--into", paramLabel = "DIR", description = "The source directory to write into.")
    private @Nullable Path into;

    @Option(
            names = "--explain",
            description =
                    "Prints how each class computes its tensors, why so, and what else there was; writes nothing.")
    private boolean explain;

    @ArgGroup(heading = "%nMeasuring, for classes with `target = vector`:%n", exclusive = false)
    private @Nullable TuneOptions tuning;

    @Mixin
    private final Common common;

    GenerateCommand(Terminal terminal) {
        common = new Common(terminal);
    }

    @Override
    public Integer call() {
        return common.run(this::run);
    }

    private int run(Common c) {
        boolean tune = tuning != null && tuning.tune;
        if (into == null && !explain && !tune) {
            throw c.misused("Missing required option: '--into=DIR', --tune or --explain");
        }
        if (explain && (tune || into != null)) {
            throw c.misused("--explain writes nothing: leave out " + (tune ? "--tune" : "--into") + ", or --explain");
        }
        if (explain) {
            List<Explanation> explanations = Adjoint.explain(specs);
            c.print(c.json() ? Explanations.json(explanations) : Explanations.text(explanations));
            c.show(c.json() ? List.of() : Explanations.warnings(explanations));
            return Common.OK;
        }
        Optional<TuneResult> tuned = tuning == null ? Optional.empty() : Optional.of(tuning.run(specs, c));
        if (into == null) {
            return tuned.isEmpty() ? Common.OK : Tuned.print(c, tuned.get());
        }
        BuildRequest request = BuildRequest.of(specs).into(into);
        return Summary.print(c, request, tuned, Adjoint.run(request, c.progress()));
    }
}
