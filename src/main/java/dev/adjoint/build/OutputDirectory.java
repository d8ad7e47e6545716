package dev.adjoint.build;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostics;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A directory that a run writes into. All files of a run are written or none; a file is written only if its bytes
 * differ; and nothing is overwritten or deleted but what a run of Adjoint wrote and nobody edited since.
 */
final class OutputDirectory {
    private final Path root;

    OutputDirectory(Path root) {
        this.root = root;
    }

    /**
     * Makes the directory hold these files.
     *
     * @param outputs with distinct paths
     * @param scope the specs that this run is about: files of theirs that are no longer generated are deleted
     * @throws AdjointException if a file was edited, is in the way or cannot be written; then nothing has changed
     */
    Changes hold(List<Output> outputs, Predicate<String> scope) {
        if (Files.exists(root, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(root)) {
            throw new AdjointException(Trouble.notADirectory(root));
        }
        if (outputs.isEmpty() && !Files.exists(root)) {
            return Changes.NONE;
        }
        List<Path> created = new ArrayList<>();
        try {
            Transaction.createDirectories(root, created);
            return RunLock.during(root, RunLock.PATIENCE, () -> hold(outputs, scope, created));
        } catch (IOException e) {
            Transaction.removeEmpty(created);
            throw new AdjointException(Trouble.unwritable(root, e));
        } catch (AdjointException e) {
            Transaction.removeEmpty(created);
            throw e;
        }
    }

    private Changes hold(List<Output> outputs, Predicate<String> scope, List<Path> created) throws IOException {
        Manifest before = manifest();
        Map<String, String> write = new TreeMap<>();
        Map<String, Manifest.Entry> after = new TreeMap<>();
        List<String> unchanged = new ArrayList<>();
        Set<String> delete = new TreeSet<>();
        Diagnostics found = new Diagnostics();
        for (Output output : outputs) {
            String path = output.file().path();
            String hash = Hash.ofText(output.file().text());
            after.put(path, new Manifest.Entry(output.spec(), Set.of(hash)));
            State state = state(path, before.entries().get(path), hash, found);
            if (state == State.SAME) {
                unchanged.add(path);
            } else {
                write.put(path, output.file().text());
            }
        }
        before.entries().forEach((path, entry) -> {
            if (after.containsKey(path)) {
                return;
            }
            if (!scope.test(entry.spec())) {
                after.put(path, entry);
            } else if (state(path, entry, "", found) == State.OURS) {
                delete.add(path);
            }
        });
        found.throwIfErrors();
        new Transaction(root, created).run(write, delete, before, new Manifest(after));
        return new Changes(
                List.copyOf(write.keySet()), unchanged.stream().sorted().toList(), List.copyOf(delete));
    }

    /** Whether the directory holds just what its manifest says: nothing edited, nothing missing. */
    boolean isIntact() {
        try {
            if (!Files.isRegularFile(root.resolve(Manifest.NAME))) {
                return false;
            }
            for (Map.Entry<String, Manifest.Entry> entry : manifest().entries().entrySet()) {
                Path file = root.resolve(entry.getKey());
                if (!Files.isRegularFile(file)
                        || !entry.getValue().hashes().contains(Hash.ofText(Files.readAllBytes(file)))) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private enum State {
        ABSENT,
        SAME,
        OURS
    }

    private State state(String path, Manifest.@Nullable Entry known, String hash, Diagnostics found) {
        Path file = root.resolve(path);
        try {
            if (isObstructed(file, found) || !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return State.ABSENT;
            }
            if (!Files.isRegularFile(file)) {
                found.add(Trouble.notOurs(file));
                return State.ABSENT;
            }
            String there = Hash.ofText(Files.readAllBytes(file));
            if (there.equals(hash)) {
                return State.SAME;
            }
            if (known == null) {
                found.add(Trouble.notOurs(file));
            } else if (!known.hashes().contains(there)) {
                found.add(Trouble.edited(file));
            }
            return State.OURS;
        } catch (IOException e) {
            found.add(Trouble.unreadable(file, e));
            return State.ABSENT;
        }
    }

    /** Whether something that is no directory, or a link to elsewhere, stands where the file's directory should be. */
    private boolean isObstructed(Path file, Diagnostics found) throws IOException {
        Path directory = root;
        for (Path part : root.relativize(file.getParent() == null ? root : file.getParent())) {
            directory = directory.resolve(part);
            if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            if (!Files.isDirectory(directory)) {
                found.add(Trouble.notADirectory(directory));
                return true;
            }
            if (!directory.toRealPath().startsWith(root.toRealPath())) {
                found.add(Trouble.leaves(directory));
                return true;
            }
        }
        return false;
    }

    private Manifest manifest() throws IOException {
        Path file = root.resolve(Manifest.NAME);
        if (!Files.exists(file)) {
            return Manifest.EMPTY;
        }
        try {
            return Manifest.parse(Files.readString(file, StandardCharsets.UTF_8), file);
        } catch (CharacterCodingException e) {
            throw new AdjointException(Trouble.damagedManifest(file, 1));
        }
    }
}
