package dev.adjoint.report;

import dev.adjoint.lang.SpecFile;
import java.util.List;

/**
 * What pages say of one spec.
 *
 * @param name the file, as it is named on the page
 * @param packageName the package that it states
 * @param doc what it says of itself as a whole; empty if it is a collection, which has no page of its own
 * @param definitions at its top
 * @param layers those that have pages, in order
 */
public record SpecReport(
        String name, String packageName, String doc, List<SpecFile.Definition> definitions, List<LayerReport> layers) {
    public SpecReport {
        definitions = List.copyOf(definitions);
        layers = List.copyOf(layers);
    }

    /** The name of the file without folders and ending. */
    String title() {
        String file = name.substring(name.lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        return dot <= 0 ? file : file.substring(0, dot);
    }

    /** What its page is called: the title that its comment begins with, else the name of the file. */
    String headline() {
        String title = Prose.title(doc);
        return title.isEmpty() ? title() : title;
    }

    boolean isWhole() {
        return !doc.isEmpty();
    }
}
