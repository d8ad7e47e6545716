package dev.adjoint.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Place;
import dev.adjoint.emit.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that somebody else wrote is lost, whatever happens on the way. */
class OutputDirectoryTest {
    @TempDir
    private Path temp;

    @Test
    void whatIsWrittenOnceIsNotTouchedAgain() throws IOException {
        assertThat(hold("a/A.java", "one", "B.java", "two").written()).containsExactly("B.java", "a/A.java");
        FileTime old = FileTime.fromMillis(1_000_000_000_000L);
        for (String name : List.of("a/A.java", "B.java", Manifest.NAME)) {
            Files.setLastModifiedTime(out().resolve(name), old);
        }
        Changes again = hold("a/A.java", "one", "B.java", "two");
        assertThat(again.written()).isEmpty();
        assertThat(again.unchanged()).containsExactly("B.java", "a/A.java");
        for (String name : List.of("a/A.java", "B.java", Manifest.NAME)) {
            assertThat(Files.getLastModifiedTime(out().resolve(name))).as(name).isEqualTo(old);
        }
    }

    @Test
    void whatIsNoLongerGeneratedGoesWithItsEmptyDirectory() {
        hold("a/b/A.java", "one", "B.java", "two");
        assertThat(hold("B.java", "two").deleted()).containsExactly("a/b/A.java");
        assertThat(out().resolve("a")).doesNotExist();
        assertThat(files()).containsOnlyKeys("B.java");
    }

    @Test
    void aDirectoryWithAFileOfTheUsersStays() throws IOException {
        hold("a/A.java", "one");
        Files.writeString(out().resolve("a/Mine.java"), "mine");
        hold("B.java", "two");
        assertThat(files()).containsOnlyKeys("B.java", "a/Mine.java");
    }

    @Test
    void filesOfOtherSpecsStay() {
        hold("A.java", "one");
        Output other = new Output(new SourceFile("C.java", "three"), "other.layer", "C", PLACE);
        Changes changes = new OutputDirectory(out()).hold(List.of(other), "other.layer"::equals);
        assertThat(changes.deleted()).isEmpty();
        assertThat(files()).containsOnlyKeys("A.java", "C.java");
    }

    @Test
    void anEditedFileIsKeptAndNothingElseIsWritten() throws IOException {
        hold("A.java", "one", "B.java", "two");
        Files.writeString(out().resolve("A.java"), "edited");
        assertRefused("B007", "A.java", () -> hold("A.java", "one again", "B.java", "two again"));
        assertThat(files()).containsEntry("A.java", "edited").containsEntry("B.java", "two");
        // As the help says: the file deleted, the next run goes on.
        Files.delete(out().resolve("A.java"));
        hold("A.java", "one again", "B.java", "two again");
        assertThat(files()).containsEntry("A.java", "one again").containsEntry("B.java", "two again");
    }

    @Test
    void anEditedFileIsNotDeletedEither() throws IOException {
        hold("A.java", "one", "B.java", "two");
        Files.writeString(out().resolve("A.java"), "edited");
        assertRefused("B007", "A.java", () -> hold("B.java", "two"));
        assertThat(files()).containsEntry("A.java", "edited");
    }

    @Test
    void anEditThatTheNewTextHasTooIsNoEdit() throws IOException {
        hold("A.java", "one");
        Files.writeString(out().resolve("A.java"), "two");
        assertThat(hold("A.java", "two").unchanged()).containsExactly("A.java");
    }

    @Test
    void aCheckoutWithCarriageReturnsIsNoEdit() throws IOException {
        hold("A.java", "one\ntwo\n");
        Files.writeString(out().resolve("A.java"), "one\r\ntwo\r\n");
        assertThat(hold("A.java", "three\n").written()).containsExactly("A.java");
    }

    @Test
    void aForeignFileIsKept() throws IOException {
        Files.createDirectories(out());
        Files.writeString(out().resolve("A.java"), "foreign");
        assertRefused("B008", "A.java", () -> hold("A.java", "one", "B.java", "two"));
        assertThat(files()).containsOnly(Map.entry("A.java", "foreign"));
    }

    @Test
    void aDirectoryWhereTheFileShouldBeIsInTheWay() throws IOException {
        Files.createDirectories(out().resolve("A.java"));
        assertRefused("B008", "A.java", () -> hold("A.java", "one"));
    }

    @Test
    void aFileWhereTheDirectoryShouldBeIsInTheWay() throws IOException {
        Files.createDirectories(out());
        Files.writeString(out().resolve("a"), "a file");
        assertRefused("B006", "/a ", () -> hold("a/A.java", "one"));
        assertThat(files()).containsOnly(Map.entry("a", "a file"));
    }

    @Test
    void allThatIsInTheWayIsTold() throws IOException {
        Files.createDirectories(out().resolve("A.java"));
        Files.writeString(out().resolve("B.java"), "foreign");
        AdjointException refused = refused(() -> hold("A.java", "one", "B.java", "two"));
        assertThat(refused.diagnostics()).extracting(Diagnostic::code).containsExactly("B008", "B008");
    }

    @Test
    void aLinkDoesNotLeadOut() throws IOException {
        Path elsewhere = Files.createDirectories(temp.resolve("elsewhere"));
        Files.createDirectories(out());
        Files.createSymbolicLink(out().resolve("a"), elsewhere);
        assertRefused("B013", "/a ", () -> hold("a/A.java", "one"));
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aLinkWhereTheFileShouldBeIsNotWrittenThrough() throws IOException {
        Path precious = Files.writeString(temp.resolve("precious"), "precious");
        Files.createDirectories(out());
        Files.createSymbolicLink(out().resolve("A.java"), precious);
        assertRefused("B008", "A.java", () -> hold("A.java", "one"));
        Files.delete(out().resolve("A.java"));
        Files.createSymbolicLink(out().resolve("A.java"), temp.resolve("nowhere"));
        assertRefused("B008", "A.java", () -> hold("A.java", "one"));
        assertThat(precious).hasContent("precious");
        assertThat(temp.resolve("nowhere")).doesNotExist();
    }

    @Test
    void theDirectoryItselfMayBeALink() throws IOException {
        Path real = Files.createDirectories(temp.resolve("real"));
        Files.createSymbolicLink(out(), real);
        hold("a/A.java", "one");
        assertThat(real.resolve("a/A.java")).hasContent("one");
    }

    @Test
    void aFileWhereTheOutputDirectoryShouldBeIsKept() throws IOException {
        Files.writeString(out(), "a file");
        assertRefused("B006", "out ", () -> hold("A.java", "one"));
        assertThat(out()).hasContent("a file");
    }

    @Test
    void whatCannotBeWrittenLeavesNoTrace() {
        String tooLong = "x".repeat(300) + ".java";
        assertRefused("B010", "nothing was changed", () -> hold("a/A.java", "one", tooLong, "two"));
        assertThat(out()).doesNotExist();
        hold("A.java", "one");
        assertRefused("B010", "nothing was changed", () -> hold("A.java", "again", tooLong, "two"));
        assertThat(files()).containsOnly(Map.entry("A.java", "one"));
        assertThat(out().resolve(".adjoint-staging")).doesNotExist();
    }

    /** The second file cannot be moved into its place, after the first was. */
    @Test
    void whatFailsInTheMiddleIsTakenBack() throws IOException {
        hold("A.java", "one", "B.java", "two");
        Files.createDirectories(out().resolve("Z.java/full"));
        Manifest before = Manifest.parse(Files.readString(out().resolve(Manifest.NAME)), out());
        Map<String, String> write = Map.of("A.java", "new", "Z.java", "new");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() ->
                        new Transaction(out(), new ArrayList<>()).run(write, Set.of("B.java"), before, Manifest.EMPTY));
        assertThat(files()).containsOnly(Map.entry("A.java", "one"), Map.entry("B.java", "two"));
        assertThat(Files.readString(out().resolve(Manifest.NAME))).isEqualTo(before.print());
    }

    /** Every state in which a killed run can leave the directory; the next run takes none of it for an edit. */
    @Test
    void aRunThatWasKilledIsMendedByTheNext() throws IOException {
        List<String> names = List.of("A.java", "B.java", "c/C.java");
        for (int moved = 0; moved <= names.size(); moved++) {
            Path root = Files.createDirectories(temp.resolve("killed" + moved));
            new OutputDirectory(root).hold(outputs(names, "old"), s -> true);
            Manifest old = Manifest.parse(Files.readString(root.resolve(Manifest.NAME)), root);
            Path fresh = Files.createDirectories(temp.resolve("fresh" + moved));
            new OutputDirectory(fresh).hold(outputs(names, "new"), s -> true);
            Manifest renewed = Manifest.parse(Files.readString(fresh.resolve(Manifest.NAME)), fresh);
            Files.writeString(root.resolve(Manifest.NAME), old.and(renewed).print());
            Files.createDirectories(root.resolve(".adjoint-staging/files"));
            Files.writeString(root.resolve(".adjoint-staging/files/C.java"), "half of what was to be wri");
            for (String name : names.subList(0, moved)) {
                Files.writeString(root.resolve(name), "new " + name);
            }
            new OutputDirectory(root).hold(outputs(names, "new"), s -> true);
            assertThat(tree(root)).as("killed after %d moves", moved).isEqualTo(tree(fresh));
            assertThat(Files.readString(root.resolve(Manifest.NAME))).isEqualTo(renewed.print());
        }
    }

    @Test
    void aDamagedListIsToldAndNothingIsTouched() throws IOException {
        hold("A.java", "one");
        Files.writeString(out().resolve(Manifest.NAME), "# from a.layer\n<<<<<<< HEAD\n");
        AdjointException refused = refused(() -> hold("A.java", "two"));
        assertThat(refused.diagnostics()).extracting(Diagnostic::code).containsExactly("B011");
        assertThat(refused.diagnostics().get(0).place()).extracting(Place::line).isEqualTo(2);
        assertThat(files()).containsOnly(Map.entry("A.java", "one"));
    }

    @Test
    void aListThatLeadsOutDeletesNothing() throws IOException {
        Path precious = Files.writeString(temp.resolve("precious"), "precious");
        hold("A.java", "one");
        Files.writeString(
                out().resolve(Manifest.NAME), "# from spec.layer\n" + Hash.ofText("precious") + "  ../precious\n");
        assertRefused("B011", "damaged", () -> hold("A.java", "one"));
        assertThat(precious).hasContent("precious");
    }

    @Test
    void aRunWaitsForAnotherAndSaysSoIfItGivesUp() throws IOException {
        Files.createDirectories(out());
        try (RunLock held = RunLock.on(out(), Duration.ZERO)) {
            AdjointException refused = refused(() -> {
                try (RunLock second = RunLock.on(out(), Duration.ZERO)) {
                    throw new AssertionError(held + " and " + second + " hold one directory");
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(refused.diagnostics()).extracting(Diagnostic::code).containsExactly("B012");
        }
        RunLock.on(out(), Duration.ZERO).close();
    }

    @Test
    @Timeout(120)
    void runsAtTheSameTimeDoNotMixTheirFiles() throws Exception {
        List<String> names = List.of("A.java", "B.java", "c/C.java", "c/D.java");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Changes>> runs = new ArrayList<>();
            for (int run = 0; run < 24; run++) {
                List<Output> outputs = outputs(names, "run " + run % 4);
                runs.add(threads.submit(() -> new OutputDirectory(out()).hold(outputs, s -> true)));
            }
            for (Future<Changes> run : runs) {
                run.get();
            }
        } finally {
            threads.shutdownNow();
        }
        String first = files().get("A.java").replace(" A.java", "");
        assertThat(files())
                .hasSize(4)
                .allSatisfy((name, text) -> assertThat(text).isEqualTo(first + " " + name));
        assertThat(new OutputDirectory(out()).isIntact()).isTrue();
    }

    private static final Place PLACE = Place.at("spec.layer", 1, 1);

    private Path out() {
        return temp.resolve("out");
    }

    /** Path, text, path, text… */
    private Changes hold(String... files) {
        List<Output> outputs = new ArrayList<>();
        for (int k = 0; k < files.length; k += 2) {
            outputs.add(new Output(new SourceFile(files[k], files[k + 1]), "spec.layer", "X", PLACE));
        }
        return new OutputDirectory(out()).hold(outputs, s -> true);
    }

    private static List<Output> outputs(List<String> names, String text) {
        return names.stream()
                .map(n -> new Output(new SourceFile(n, text + " " + n), "spec.layer", n, PLACE))
                .toList();
    }

    private static AdjointException refused(Runnable work) {
        AdjointException refused = catchThrowableOfType(AdjointException.class, work::run);
        assertThat(refused).as("it is refused").isNotNull();
        return refused;
    }

    private static void assertRefused(String code, String words, Runnable work) {
        List<Diagnostic> diagnostics = refused(work).diagnostics();
        assertThat(diagnostics).extracting(Diagnostic::code).containsExactly(code);
        assertThat(diagnostics.get(0).message()).contains(words);
    }

    private Map<String, String> files() {
        return tree(out());
    }

    /** Every file but the list. */
    private static Map<String, String> tree(Path root) {
        Map<String, String> files = Trees.read(root);
        files.remove(Manifest.NAME);
        return files;
    }
}
