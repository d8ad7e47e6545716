package dev.adjoint.cli;

import dev.adjoint.Adjoint;
import dev.adjoint.build.TuneRequest;
import dev.adjoint.build.TuneResult;
import dev.adjoint.check.TuneSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code generate} that measure plans. */
final class TuneOptions {
    private static final int DEFAULT = 10;
    private static final int MOST = 1000;

    @Option(
            names = "--tune",
            required = true,
            description = {
                "Compiles and runs, for each tensor of each class, the plans that the planner's model finds cheapest, and"
                        + " records in NAME.plans beside NAME.layer which is the fastest. Every later run, of the Maven"
                        + " goal too, reads that file: commit it. A plan takes the place of another only if it gives"
                        + " the same values, is 5 %% faster, and is so again in a second JVM."
            })
    boolean tune;

    @Option(
            names = "--candidates",
            paramLabel = "N",
            defaultValue = "" + DEFAULT,
            description = "How many plans are measured for each tensor, " + DEFAULT + " if left out.")
    int candidates = DEFAULT;

    @Option(
            names = "--size",
            paramLabel = "SIZE=N",
            description = "What a size that a `generate` leaves open is while it is measured; once for each such size.")
    Map<String, Long> sizes = new LinkedHashMap<>();

    @Option(names = "--layer", paramLabel = "NAME", description = "Measures the classes of one layer, or one class.")
    @Nullable
    String layer;

    TuneResult run(Path specs, Common c) {
        if (candidates < 1 || candidates > MOST) {
            throw c.misused("Invalid value for option '--candidates': a number from 1 to " + MOST
                    + " is expected, not '" + candidates + "'");
        }
        TuneRequest request = TuneRequest.of(specs).at(sizes).with(TuneSettings.DEFAULT.withCandidates(candidates));
        return Adjoint.tune(layer == null ? request : request.only(layer), c.progress());
    }
}
