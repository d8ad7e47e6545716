package dev.adjoint.build;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Diagnostics;
import dev.adjoint.lang.Generate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The records of plans beside the specs of a run: {@code conv.plans} beside {@code conv.layer}. They are as much an
 * input of a build as the specs are.
 */
final class PlanFiles {
    private static final String LAYER = ".layer";
    private static final String EXTENSION = ".plans";

    private final Map<String, PlanRecord> records = new LinkedHashMap<>();
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final List<Diagnostic> strangers = new ArrayList<>();

    private PlanFiles() {}

    /**
     * Reads those that are there.
     *
     * @throws AdjointException with all errors of all of them
     */
    static PlanFiles of(SpecSet specs) {
        PlanFiles files = new PlanFiles();
        Diagnostics found = new Diagnostics();
        for (SpecSet.Loaded loaded : specs.files()) {
            try {
                files.read(loaded);
            } catch (AdjointException e) {
                found.addAll(e.diagnostics());
            }
        }
        found.throwIfErrors();
        return files;
    }

    private void read(SpecSet.Loaded loaded) {
        Spec spec = loaded.spec();
        Path path = beside(spec);
        if (!Files.exists(path)) {
            return;
        }
        String text = SpecReader.read(path, shown(spec));
        PlanRecord record = PlanRecord.parse(text, shown(spec));
        texts.put(renamed(spec.name()), text);
        records.put(spec.name(), record);
        List<String> classes =
                loaded.file().generates().stream().map(Generate::className).toList();
        record.lines().stream()
                .filter(l -> !classes.contains(l.className()))
                .forEach(l -> strangers.add(PlanTrouble.noSuchClass(l.className(), l.place(), classes)));
    }

    /** Name → text of each, beside those of the specs. */
    Map<String, String> and(Map<String, String> specs) {
        Map<String, String> all = new LinkedHashMap<>(specs);
        all.putAll(texts);
        return all;
    }

    /** Lines for classes that are not there. */
    List<Diagnostic> strangers() {
        return List.copyOf(strangers);
    }

    PlanRecord of(Spec spec) {
        return records.getOrDefault(spec.name(), PlanRecord.EMPTY);
    }

    /** Decides for a class of a spec. */
    Recorded chooser(Spec spec, Generate generate) {
        return new Recorded(of(spec), generate.className());
    }

    /**
     * Changes the record of a spec as it is by now, while no other run does, and as a whole: whoever reads it finds all
     * of the old one or all of the new one.
     *
     * @return whether its bytes changed
     * @throws AdjointException if it cannot be read or written; then it is as it was
     */
    static boolean change(Spec spec, UnaryOperator<PlanRecord> change) {
        Path path = beside(spec);
        Path directory = directory(path);
        try {
            return RunLock.during(directory, RunLock.PATIENCE, () -> {
                String before = Files.exists(path) ? SpecReader.read(path, shown(spec)) : "";
                PlanRecord record =
                        before.isEmpty() ? PlanRecord.EMPTY.headed(head(spec)) : PlanRecord.parse(before, shown(spec));
                String after = change.apply(record).print();
                if (after.equals(before)) {
                    return false;
                }
                write(path, after);
                return true;
            });
        } catch (IOException e) {
            throw new AdjointException(Trouble.unwritable(path, e));
        }
    }

    private static void write(Path path, String text) throws IOException {
        Path fresh = path.resolveSibling("." + path.getFileName() + ".new");
        try {
            Files.write(fresh, text.getBytes(StandardCharsets.UTF_8));
            try {
                Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static List<String> head(Spec spec) {
        String name = String.valueOf(spec.path().getFileName());
        return List.of(
                "# The plans of the classes of " + name + " that `adjoint generate " + name
                        + " --tune` measured and chose.",
                "# Every build reads them: commit this file. Comments stay, but for those that begin with \"# measured\".",
                "");
    }

    static Path beside(Spec spec) {
        return spec.path().resolveSibling(renamed(String.valueOf(spec.path().getFileName())));
    }

    static String shown(Spec spec) {
        return renamed(spec.shown());
    }

    private static String renamed(String name) {
        return (name.endsWith(LAYER) ? name.substring(0, name.length() - LAYER.length()) : name) + EXTENSION;
    }

    private static Path directory(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? path.toAbsolutePath() : parent;
    }
}
