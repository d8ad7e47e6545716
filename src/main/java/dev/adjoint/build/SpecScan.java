package dev.adjoint.build;

import dev.adjoint.diagnostic.Diagnostics;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The specs of a directory and of those below it, in the order of their names; or one file. Hidden files and
 * directories, whose names begin with a dot, are passed over; links are followed, though not in circles.
 */
final class SpecScan {
    private static final String EXTENSION = ".layer";

    private final Path base;
    private final Diagnostics found;
    private final List<Spec> specs = new ArrayList<>();

    private SpecScan(Path base, Diagnostics found) {
        this.base = base;
        this.found = found;
    }

    /**
     * All specs of a directory, or the one file.
     *
     * @param base what the names in generated files are relative to
     */
    static List<Spec> of(Path from, Path base, Diagnostics found) {
        SpecScan scan = new SpecScan(base, found);
        if (!Files.exists(from)) {
            found.add(Trouble.noSuchFile(from));
        } else if (Files.isDirectory(from)) {
            scan.directory(from, new ArrayList<>());
            scan.specs.sort(Comparator.comparing(Spec::name));
        } else {
            scan.file(from);
        }
        return List.copyOf(scan.specs);
    }

    /** The other specs in the directory of one, not those below it. */
    static List<Spec> beside(Path spec, Diagnostics found) {
        Path absolute = spec.toAbsolutePath();
        Path named = spec.getParent() == null ? Path.of("") : spec.getParent();
        Path directory = absolute.getParent();
        SpecScan scan = new SpecScan(named, found);
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(directory == null ? absolute : directory, "*" + EXTENSION)) {
            for (Path entry : entries) {
                if (!entry.getFileName().equals(absolute.getFileName())) {
                    scan.file(named.resolve(entry.getFileName()));
                }
            }
        } catch (IOException e) {
            found.add(Trouble.unreadable(named, e));
        }
        scan.specs.sort(Comparator.comparing(Spec::name));
        return List.copyOf(scan.specs);
    }

    private void directory(Path directory, List<Path> above) {
        try {
            Path real = directory.toRealPath();
            if (above.contains(real)) {
                return;
            }
            List<Path> here = new ArrayList<>(above);
            here.add(real);
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
                for (Path entry : entries) {
                    String name = String.valueOf(entry.getFileName());
                    if (name.startsWith(".")) {
                        continue;
                    }
                    if (name.endsWith(EXTENSION)) {
                        file(entry);
                    } else if (Files.isDirectory(entry)) {
                        directory(entry, here);
                    }
                }
            }
        } catch (IOException e) {
            found.add(Trouble.unreadable(directory, e));
        }
    }

    private void file(Path path) {
        if (path.toString().chars().anyMatch(Character::isISOControl)) {
            found.add(Trouble.hostileName(path.toString()));
        } else if (!Files.exists(path)) {
            found.add(Trouble.noSuchFile(path));
        } else if (!Files.isRegularFile(path)) {
            found.add(Trouble.notAFile(path));
        } else {
            specs.add(new Spec(path, Trouble.slashed(path), nameOf(path, base)));
        }
    }

    /** The path relative to the base, with forward slashes; the file's own name where it is not below the base. */
    static String nameOf(Path path, Path base) {
        Path absolute = path.toAbsolutePath().normalize();
        Path root = base.toAbsolutePath().normalize();
        Path name = absolute.startsWith(root) ? root.relativize(absolute) : absolute.getFileName();
        return name == null ? "" : Trouble.slashed(name);
    }
}
