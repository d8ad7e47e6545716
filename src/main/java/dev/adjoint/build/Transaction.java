package dev.adjoint.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Files written and deleted together. Everything is first written into a directory beside, where a full disk or a
 * missing permission costs nothing; then the manifest gets the new hashes beside the old ones; then each file is moved
 * into its place; then the manifest drops the old ones. What fails on the way is taken back.
 */
final class Transaction {
    private static final String STAGING = ".adjoint-staging";

    private final Path root;
    private final Path staging;
    private final List<Path> created;
    private final Map<Path, byte[]> replaced = new LinkedHashMap<>();
    private final List<Path> added = new ArrayList<>();

    /** @param created directories that this run has made so far, to be removed if it fails */
    Transaction(Path root, List<Path> created) {
        this.root = root;
        this.staging = root.resolve(STAGING);
        this.created = created;
    }

    void run(Map<String, String> write, Set<String> delete, Manifest before, Manifest after) throws IOException {
        deleteStaging();
        Path manifest = root.resolve(Manifest.NAME);
        boolean listed = after.equals(before) && (Files.exists(manifest) || after.equals(Manifest.EMPTY));
        if (write.isEmpty() && delete.isEmpty() && listed) {
            return;
        }
        try {
            stage(write, before, after);
            place(staging.resolve("during"), manifest);
            for (String path : write.keySet()) {
                Path target = root.resolve(path);
                createDirectories(parent(target), created);
                place(staging.resolve("files").resolve(path), target);
            }
            for (String path : delete) {
                remember(root.resolve(path));
                Files.delete(root.resolve(path));
            }
            place(staging.resolve("after"), manifest);
        } catch (IOException | RuntimeException e) {
            undo(e);
            throw e;
        } finally {
            deleteStaging();
        }
        delete.forEach(path -> removeEmptyAbove(root.resolve(path)));
    }

    private void stage(Map<String, String> write, Manifest before, Manifest after) throws IOException {
        Files.createDirectory(staging);
        write(staging.resolve("during"), before.and(after).print());
        write(staging.resolve("after"), after.print());
        for (Map.Entry<String, String> entry : write.entrySet()) {
            Path file = staging.resolve("files").resolve(entry.getKey());
            Files.createDirectories(parent(file));
            write(file, entry.getValue());
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private void place(Path from, Path to) throws IOException {
        remember(to);
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** So that it can be taken back. */
    private void remember(Path file) throws IOException {
        if (replaced.containsKey(file) || added.contains(file)) {
            return;
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            replaced.put(file, Files.readAllBytes(file));
        } else {
            added.add(file);
        }
    }

    private void undo(Exception cause) {
        for (Map.Entry<Path, byte[]> entry : replaced.entrySet()) {
            attempt(() -> Files.write(entry.getKey(), entry.getValue()), cause);
        }
        added.forEach(file -> attempt(() -> Files.deleteIfExists(file), cause));
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void attempt(Action action, Exception cause) {
        try {
            action.run();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** What a killed run may have left here, or this one has. */
    private void deleteStaging() throws IOException {
        if (!Files.exists(staging, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> files = Files.walk(staging)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void removeEmptyAbove(Path file) {
        for (Path directory = parent(file); !directory.equals(root); directory = parent(directory)) {
            if (!removeIfEmpty(directory)) {
                return;
            }
        }
    }

    /** Creates a directory and those above it, and adds to {@code created} what it created, outermost first. */
    static void createDirectories(Path directory, List<Path> created) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        if (directory.getParent() != null) {
            createDirectories(directory.getParent(), created);
        }
        Files.createDirectory(directory);
        created.add(directory);
    }

    /** Removes those of the directories that are empty, innermost first. */
    static void removeEmpty(List<Path> created) {
        for (int i = created.size() - 1; i >= 0; i--) {
            removeIfEmpty(created.get(i));
        }
    }

    private static boolean removeIfEmpty(Path directory) {
        try {
            Files.delete(directory);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        return parent == null ? Path.of("") : parent;
    }
}
