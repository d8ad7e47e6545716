package dev.adjoint.build;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Nearest;
import dev.adjoint.diagnostic.Place;
import dev.adjoint.lift.Stated;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** What can be wrong with files and directories, each with its code. */
final class Trouble {
    private Trouble() {}

    static Diagnostic noSuchFile(Path path) {
        String what = Files.isSymbolicLink(path) ? " is a link that leads nowhere" : ": no such file or directory";
        return Diagnostic.error("B001", null, slashed(path) + what);
    }

    static Diagnostic notAFile(Path path) {
        String what = Files.isDirectory(path) ? "is a directory" : "is neither a file nor a directory";
        return Diagnostic.error("B002", null, slashed(path) + " " + what + ", not a spec")
                .help("a spec is a text file whose name ends in .layer");
    }

    static Diagnostic notSources(Path path) {
        return Diagnostic.error("B001", null, slashed(path) + " is not a directory of Java sources")
                .help("name the directory that holds the packages, as src/main/java");
    }

    static Diagnostic unreadable(Path path, IOException cause) {
        return Diagnostic.error("B003", null, slashed(path) + " cannot be read: " + reason(cause));
    }

    static Diagnostic notUtf8(Place place) {
        return Diagnostic.error("B004", place, "this is not UTF-8 text").help("save the file in the encoding UTF-8");
    }

    static Diagnostic noSpecs(Path directory) {
        return Diagnostic.error("B005", null, "no spec in " + slashed(directory))
                .help("specs are files whose names end in .layer, in this directory or below it");
    }

    static Diagnostic notADirectory(Path path) {
        return Diagnostic.error("B006", null, slashed(path) + " is not a directory; one is needed to write into");
    }

    static Diagnostic edited(Path path) {
        return Diagnostic.error(
                        "B007", null, slashed(path) + " was edited after Adjoint had written it; nothing was written")
                .help(
                        "move your changes elsewhere (into the spec, or a class of your own), delete the file, run again");
    }

    static Diagnostic notOurs(Path path) {
        return Diagnostic.error(
                        "B008", null, slashed(path) + " is in the way: Adjoint did not write it; nothing was written")
                .help("move it away, or generate into another directory or package");
    }

    static Diagnostic sameOutput(String path, Output first, Output second) {
        boolean same = first.file().path().equals(path);
        String how = same ? "" : ", where file names do not tell upper case from lower";
        return Diagnostic.error(
                        "B009", second.place(), second.of() + " and " + first.of() + " would be the same file" + how)
                .note("the other one is here", first.place())
                .help("give one of them another name or package; the file is " + path);
    }

    static Diagnostic unwritable(Path path, IOException cause) {
        return Diagnostic.error(
                "B010", null, slashed(path) + " cannot be written: " + reason(cause) + "; nothing was changed");
    }

    static Diagnostic damagedManifest(Path path, int line) {
        return Diagnostic.error(
                        "B011",
                        Place.at(slashed(path), line, 1),
                        "this line of Adjoint's list of written files is damaged")
                .help(
                        "restore the list from version control; or delete it with the files that Adjoint wrote, run again");
    }

    static Diagnostic locked(Path directory) {
        return Diagnostic.error("B012", null, "another run is writing into " + slashed(directory))
                .help("wait until it has ended");
    }

    static Diagnostic leaves(Path path) {
        return Diagnostic.error("B013", null, slashed(path) + " leads out of the output directory");
    }

    static Diagnostic hostileName(String name) {
        return Diagnostic.error("B014", null, "a spec's name with control characters cannot be used: " + name);
    }

    static Diagnostic tooLarge(Path path, long most) {
        return Diagnostic.error("B015", null, slashed(path) + " is larger than any spec: over " + most + " bytes");
    }

    static Diagnostic tooDeep(String what) {
        return Diagnostic.error("B016", null, what + " is nested too deeply")
                .help("name parts of it with `let` or `def`");
    }

    static Diagnostic noSuchLayer(String name, List<String> known) {
        return choose(Diagnostic.error("B017", null, "no layer or class is named `" + name + "`"), name, known);
    }

    static Diagnostic noSuchTensor(String name, List<String> known) {
        return choose(Diagnostic.error("B018", null, "no tensor with a gradient is named `" + name + "`"), name, known);
    }

    static Diagnostic noLayerOfJavadoc(Stated stated, List<String> known) {
        Diagnostic diagnostic =
                Diagnostic.error("B019", stated.place(), "no layer is named `" + stated.layer() + "` here");
        return choose(diagnostic, stated.layer(), known);
    }

    private static Diagnostic choose(Diagnostic diagnostic, String name, List<String> known) {
        String all = known.isEmpty() ? "there is none" : "there are: " + String.join(", ", known);
        return diagnostic.help(
                Nearest.to(name, known).map(n -> "did you mean `" + n + "`?").orElse(all));
    }

    /** What went wrong with a file, for a person. */
    static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (cause instanceof FileAlreadyExistsException exists) {
            return exists.getFile() + " is in the way";
        }
        if (cause instanceof FileSystemLoopException) {
            return "its links run in a circle";
        }
        if (cause instanceof FileSystemException f && f.getReason() != null) {
            return f.getReason();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }
}
