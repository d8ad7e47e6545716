package dev.adjoint.cli;

import dev.adjoint.Adjoint;
import dev.adjoint.build.Changes;
import dev.adjoint.build.PageFiles;
import dev.adjoint.build.Selection;
import dev.adjoint.derive.Gradient;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Json;
import dev.adjoint.report.DerivationJson;
import dev.adjoint.report.DerivationText;
import dev.adjoint.report.Pages;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        description = {
            "Prints the gradients of a layer as formulas, in the language itself: pasted back into the layer as claims"
                    + " they hold.",
            "With --format html, latex or markdown makes pages instead: every step with its reason, figures, and the"
                    + " emitted methods. Of one layer the page is printed, or written into the file -o; of several,"
                    + " each is written into the directory -o, and an index over them."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  adjoint derive specs/conv.layer                       all layers of the spec",
            "  adjoint derive specs/conv.layer Conv2d --of w --steps  one gradient, step by step",
            "  adjoint derive specs/conv.layer Conv3x3               a class, its sizes bound",
            "  adjoint derive specs --format html -o pages           a page for each layer"
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

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE-OR-DIR",
            description = "Where to write: a file for one text or page, a directory for pages. Printed if left out.")
    private @Nullable Path output;

    @Mixin
    private final Common common;

    DeriveCommand(Terminal terminal) {
        common = new Common(terminal, EnumSet.allOf(Common.Format.class));
    }

    @Override
    public Integer call() {
        return common.run(c -> {
            List<Selection> found = Adjoint.derive(file, Optional.ofNullable(layer), Optional.ofNullable(tensor));
            List<Diagnostic> warnings = found.stream()
                    .flatMap(s -> s.warnings().stream())
                    .distinct()
                    .toList();
            switch (c.format) {
                case JSON -> deliver(json(found, warnings));
                case TEXT -> deliver(text(found));
                case MARKDOWN -> pages(found, Pages.Format.MARKDOWN);
                case LATEX -> pages(found, Pages.Format.LATEX);
                case HTML -> pages(found, Pages.Format.HTML);
            }
            if (!c.json()) {
                c.show(warnings);
            }
            return Common.OK;
        });
    }

    private void deliver(String document) {
        if (output == null) {
            common.print(document);
        } else {
            PageFiles.write(document, output);
        }
    }

    /** One page printed or into its file; many into a directory. */
    private void pages(List<Selection> found, Pages.Format format) {
        boolean file = output == null || output.toString().endsWith("." + format.ending());
        if (file && found.size() != 1) {
            throw common.misused("a page holds one layer, and here are " + found.size()
                    + ": name one, or a directory for all of them with -o");
        }
        if (file) {
            deliver(PageFiles.of(found.get(0), format));
            return;
        }
        Path directory = Objects.requireNonNull(output);
        Changes changes = PageFiles.write(PageFiles.of(found, format), directory, false);
        int all = changes.written().size() + changes.unchanged().size();
        common.print(all + (all == 1 ? " file" : " files") + " in " + directory + ", "
                + changes.unchanged().size() + " unchanged\n");
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
