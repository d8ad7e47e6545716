package dev.adjoint.build;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Place;
import dev.adjoint.emit.SourceFile;
import dev.adjoint.report.LayerReport;
import dev.adjoint.report.Pages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The pages of layers, made and written. */
public final class PageFiles {
    private PageFiles() {}

    /**
     * One page for each layer, its figures beside it or in it, and an index over all where the format has one; relative
     * paths.
     *
     * @throws AdjointException if an example of a layer cannot be emitted
     */
    public static List<SourceFile> of(List<Selection> selections, Pages.Format format) {
        List<LayerReport> reports = selections.stream().map(Selection::report).toList();
        return Deep.call("a formula", () -> Pages.all(reports, format));
    }

    /** The page of one layer, with no file beside it. */
    public static String of(Selection selection, Pages.Format format) {
        LayerReport report = selection.report();
        return Deep.call("a formula", () -> Pages.page(report, format));
    }

    /**
     * Writes all files or none, each only if its bytes differ, none over what somebody else wrote or edited.
     *
     * @throws AdjointException if that cannot be; then nothing was changed
     */
    public static Changes write(List<SourceFile> files, Path directory) {
        List<Output> outputs = files.stream()
                .map(file -> new Output(file, "pages", file.path(), Place.at(file.path(), 1, 1)))
                .toList();
        return new OutputDirectory(directory).hold(outputs, spec -> false);
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
