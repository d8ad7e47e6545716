package dev.adjoint.build;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Place;
import dev.adjoint.emit.SourceFile;
import dev.adjoint.lang.SpecFile;
import dev.adjoint.report.LayerReport;
import dev.adjoint.report.Pages;
import dev.adjoint.report.SpecReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pages of layers, made and written. */
public final class PageFiles {
    private PageFiles() {}

    /**
     * One page for each layer, its figures beside it or in it, one for each spec that says something as a whole and is
     * selected as a whole, and an index over all where the format has one; relative paths.
     *
     * @throws AdjointException if an example of a layer cannot be emitted
     */
    public static List<SourceFile> of(List<Selection> selections, Pages.Format format) {
        Map<String, List<Selection>> bySpec = new LinkedHashMap<>();
        selections.forEach(
                s -> bySpec.computeIfAbsent(s.spec(), name -> new ArrayList<>()).add(s));
        List<SpecReport> specs = new ArrayList<>();
        bySpec.forEach((name, layers) -> specs.add(report(name, layers)));
        return Deep.call("a formula", () -> Pages.all(specs, format));
    }

    private static SpecReport report(String name, List<Selection> layers) {
        SpecFile file = layers.get(0).file();
        boolean whole =
                layers.stream().map(s -> s.derivation().layer()).toList().equals(file.layers())
                        && layers.stream()
                                .allMatch(
                                        s -> s.gradients().equals(s.derivation().gradients()));
        return new SpecReport(
                name,
                file.packageName(),
                whole ? file.doc() : "",
                file.definitions(),
                layers.stream().map(Selection::report).toList());
    }

    /** The page of one layer, with no file beside it. */
    public static String of(Selection selection, Pages.Format format) {
        LayerReport report = selection.report();
        return Deep.call("a formula", () -> Pages.page(report, format));
    }

    /**
     * Writes all files or none, each only if its bytes differ, none over what somebody else wrote or edited.
     *
     * @param alone whether the pages of an earlier call that are not among these are deleted
     * @throws AdjointException if that cannot be; then nothing was changed
     */
    public static Changes write(List<SourceFile> files, Path directory, boolean alone) {
        List<Output> outputs = files.stream()
                .map(file -> new Output(file, "pages", file.path(), Place.at(file.path(), 1, 1)))
                .toList();
        return new OutputDirectory(directory).hold(outputs, spec -> alone);
    }

    /**
     * Writes one file, over whatever there is.
     *
     * @throws AdjointException if it cannot be written
     */
    public static void write(String text, Path file) {
        try {
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AdjointException(Trouble.unwritable(file, e));
        }
    }
}
