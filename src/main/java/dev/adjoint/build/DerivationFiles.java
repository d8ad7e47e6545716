package dev.adjoint.build;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Json;
import dev.adjoint.emit.SourceFile;
import dev.adjoint.lang.Layer;
import dev.adjoint.report.DerivationJson;
import dev.adjoint.report.DerivationText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Derivations as files of a directory, every step in them: {@code com/acme/layers/Conv2d.txt} to be read, {@code .json}
 * beside it for machines. The one place that decides which files these are.
 */
public final class DerivationFiles {
    private DerivationFiles() {}

    /** The file of a layer that a person wants to open; relative to the directory. */
    public static String pageOf(Selection selection) {
        return pathOf(selection.derivation().layer()) + ".txt";
    }

    /**
     * Makes the directory hold the files of these layers, and of no others that an earlier call wrote.
     *
     * @throws AdjointException if a file was edited, is in the way or cannot be written; then nothing has changed
     */
    public static Changes write(List<Selection> selections, Path directory) {
        List<Output> outputs = new ArrayList<>();
        for (Selection selection : selections) {
            Layer layer = selection.derivation().layer();
            String text = DerivationText.of(selection.derivation(), true);
            String json = Json.print(DerivationJson.of(layer, selection.gradients(), true));
            outputs.add(output(layer, pageOf(selection), text));
            outputs.add(output(layer, pathOf(layer) + ".json", json));
        }
        throwIfAny(Collisions.among(outputs));
        return new OutputDirectory(directory).hold(outputs, spec -> true);
    }

    private static void throwIfAny(List<dev.adjoint.diagnostic.Diagnostic> collisions) {
        if (!collisions.isEmpty()) {
            throw new AdjointException(collisions);
        }
    }

    private static Output output(Layer layer, String path, String text) {
        return new Output(new SourceFile(path, text), "derivations", layer.name(), layer.place());
    }

    private static String pathOf(Layer layer) {
        return Questions.nameOf(layer).replace('.', '/');
    }
}
