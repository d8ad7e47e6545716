package dev.adjoint.cli;

import dev.adjoint.Adjoint;
import dev.adjoint.build.Selection;
import dev.adjoint.derive.Gradient;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Json;
import dev.adjoint.report.DerivationJson;
import dev.adjoint.report.DerivationText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code adjoint derive}: prints gradients. */
@Command(
        name = "derive",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description =
                "Prints the gradients of a layer as formulas, in the language itself: pasted back into the layer as"
                        + " claims they hold.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  adjoint derive specs/conv.layer                       all layers of the spec",
            "  adjoint derive specs/conv.layer Conv2d --of w --steps  one gradient, step by step",
            "  adjoint derive specs/conv.layer Conv3x3               a class, its sizes bound"
        })
final class DeriveCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "A spec, or a directory of specs.")
    private Path file = Path.of("");

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "LAYER",
            description = "A layer of it, or a class that it generates; all layers if left out.")
    private @Nullable String layer;

    @Option(names = "--of", paramLabel = "T", description = "The tensor whose gradient is wanted; all if left out.")
    private @Nullable String tensor;

    @Option(names = "--steps", description = "Every step, with its law and its condition.")
    private boolean steps;

    @Mixin
    private final Common common;

    DeriveCommand(Terminal terminal) {
        common = new Common(terminal);
    }

    @Override
    public Integer call() {
        return common.run(c -> {
            List<Selection> found = Adjoint.derive(file, Optional.ofNullable(layer), Optional.ofNullable(tensor));
            List<Diagnostic> warnings = found.stream()
                    .flatMap(s -> s.warnings().stream())
                    .distinct()
                    .toList();
            if (c.json()) {
                c.print(json(found, warnings));
            } else {
                c.print(text(found));
                c.show(warnings);
            }
            return Common.OK;
        });
    }

    private String text(List<Selection> found) {
        StringBuilder text = new StringBuilder();
        for (Selection selection : found) {
            text.append(text.isEmpty() ? "" : "\n")
                    .append(DerivationText.equations(selection.derivation().layer()));
            for (Gradient gradient : selection.gradients()) {
                text.append('\n').append(DerivationText.of(gradient, steps));
            }
        }
        return text.toString();
    }

    private String json(List<Selection> found, List<Diagnostic> warnings) {
        Map<String, @Nullable Object> document = Common.document(Common.OK, warnings);
        document.put(
                "layers",
                found.stream()
                        .map(s -> DerivationJson.of(s.derivation().layer(), s.gradients(), steps))
                        .toList());
        return Json.print(document);
    }
}
