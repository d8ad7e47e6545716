package dev.adjoint.cli;

import dev.adjoint.Adjoint;
import dev.adjoint.build.VerifyRequest;
import dev.adjoint.build.VerifyResult;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Json;
import dev.adjoint.report.VerdictJson;
import dev.adjoint.report.VerdictText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code adjoint verify}: judges claims. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = {
            "Judges every claim of the specs, and what Java methods are held to compute.",
            "PROVED for all sizes under what is printed with it (and that every axis is at least 1), TESTED at random"
                    + " points, REFUTED by a counterexample, or UNKNOWN, with the reason. Of what is not proved it says"
                    + " all it knows.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  adjoint verify specs/conv.layer                        every claim of a spec",
            "  adjoint verify specs --layer Conv2d --require tested    of one layer; tests pass too",
            "  adjoint verify specs --layer Conv3x3                    of a class, its sizes bound",
            "  adjoint verify specs --java src/main/java               Java methods too"
        })
final class VerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SPECS", description = "A spec, or a directory of specs.")
    private Path specs = Path.of("");

    @Option(
            names = "--layer",
            paramLabel = "LAYER",
            description = "A layer, or a class that is generated of one; all layers if left out.")
    private @Nullable String layer;

    @Option(
            names = "--java",
            paramLabel = "DIR",
            description = "A source directory with the Java methods that specs or their own Javadocs hold to compute"
                    + " gradients. May be repeated.")
    private List<Path> java = List.of();

    @Option(names = "--times", description = "How long each verdict took.")
    private boolean times;

    @Mixin
    private final ProofOptions proofs = new ProofOptions();

    @Mixin
    private final Common common;

    VerifyCommand(Terminal terminal) {
        common = new Common(terminal);
    }

    @Override
    public Integer call() {
        return common.run(c -> print(c, Adjoint.verify(request(), c.progress())));
    }

    private VerifyRequest request() {
        VerifyRequest request =
                VerifyRequest.of(specs).java(java).require(proofs.require).budget(proofs.budget);
        return layer == null ? request : request.layer(layer);
    }

    private int print(Common c, VerifyResult result) {
        int status = result.passes() ? Common.OK : Common.FAILED;
        if (c.json()) {
            List<Diagnostic> all = new ArrayList<>(result.warnings());
            all.addAll(result.details());
            Map<String, @Nullable Object> document = Common.document(status, all);
            document.put("require", proofs.require.name().toLowerCase(Locale.ROOT));
            document.put(
                    "claims",
                    result.judgements().stream()
                            .map(j -> VerdictJson.of(j, proofs.require, times))
                            .toList());
            c.print(Json.print(document));
            return status;
        }
        c.print(VerdictText.of(result.judgements(), proofs.require, Path.of(""), times, c.renderer()));
        c.show(result.warnings());
        return status;
    }
}
