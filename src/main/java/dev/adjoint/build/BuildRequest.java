package dev.adjoint.build;

import dev.adjoint.report.Require;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run is to do.
 *
 * @param from a spec, or a directory of specs
 * @param into the directory to write into; null if nothing is to be written
 * @param base what the names of specs in generated files are relative to
 * @param folder where classes go below {@code into}: empty, or a path that ends in a slash, as {@code java/}
 * @param check whether every class is compiled and compared with numeric gradients; if one fails, nothing is written
 * @param proofs what every claim must have earned; if one is weaker, nothing is written; null if none is judged
 * @param record a file that keeps the fingerprint of the last run, so that one that would change nothing ends at once;
 *     null for none
 * @param none whether it is all right if there is no spec, or not even the directory; what came of specs that are gone
 *     is then deleted
 */
public record BuildRequest(
        Path from,
        @Nullable Path into,
        Path base,
        String folder,
        boolean check,
        @Nullable Proofs proofs,
        @Nullable Path record,
        boolean none) {

    /**
     * How claims are judged.
     *
     * @param require what passes
     * @param budget steps that each proof may take
     */
    public record Proofs(Require require, long budget) {}

    /** Reads specs and nothing more, until the methods below ask for it. Names are relative to what holds the specs. */
    public static BuildRequest of(Path from) {
        Path root = from.toAbsolutePath().normalize();
        Path directory = java.nio.file.Files.isDirectory(root) ? root : parent(root);
        return new BuildRequest(from, null, parent(directory), "", false, null, null, false);
    }

    public BuildRequest into(Path directory) {
        return new BuildRequest(from, directory, base, folder, check, proofs, record, none);
    }

    public BuildRequest relativeTo(Path directory) {
        return new BuildRequest(from, into, directory, folder, check, proofs, record, none);
    }

    public BuildRequest inFolder(String path) {
        return new BuildRequest(from, into, base, path, check, proofs, record, none);
    }

    public BuildRequest checked() {
        return new BuildRequest(from, into, base, folder, true, proofs, record, none);
    }

    /** Judges every claim of the specs too. */
    public BuildRequest proving(Require weakest, long budget) {
        return new BuildRequest(from, into, base, folder, check, new Proofs(weakest, budget), record, none);
    }

    public BuildRequest recordedIn(Path file) {
        return new BuildRequest(from, into, base, folder, check, proofs, file, none);
    }

    public BuildRequest orNone() {
        return new BuildRequest(from, into, base, folder, check, proofs, record, true);
    }

    /** Whether a file that came of this spec belongs to this run, and is deleted when it is no longer generated. */
    boolean covers(String spec) {
        String name = SpecScan.nameOf(from, base);
        return name.isEmpty() || spec.equals(name) || spec.startsWith(name + "/");
    }

    /** What, beside the specs, decides the outputs. */
    List<String> options() {
        return List.of(
                SpecScan.nameOf(from, base),
                folder,
                String.valueOf(into),
                String.valueOf(check),
                String.valueOf(proofs));
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }
}
