package dev.adjoint.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run depends on: a change of any of it is a change. */
class FingerprintTest {
    @TempDir
    private Path temp;

    @Test
    void anotherToolIsAnotherFingerprint() throws IOException {
        assertThat(Fingerprint.Tool.DIGEST).as("this tool's own").hasSize(64);
        Path classes = Files.createDirectories(temp.resolve("classes/p"));
        Path jar = temp.resolve("tool.jar");
        for (Path changed : List.of(classes.resolve("A.class"), jar)) {
            Path code = changed.equals(jar) ? jar : temp.resolve("classes");
            Files.writeString(changed, "one");
            String one = Fingerprint.Tool.digest(code);
            assertThat(Fingerprint.Tool.digest(code)).isEqualTo(one);
            Files.writeString(changed, "two");
            assertThat(Fingerprint.Tool.digest(code)).isNotEqualTo(one);
        }
        String before = Fingerprint.Tool.digest(temp.resolve("classes"));
        Files.move(classes.resolve("A.class"), classes.resolve("B.class"));
        assertThat(Fingerprint.Tool.digest(temp.resolve("classes"))).isNotEqualTo(before);
    }

    @Test
    void everyOptionNameAndTextCounts() {
        String one = Fingerprint.of(List.of("a", "b"), Map.of("s", "text"));
        assertThat(one).isEqualTo(Fingerprint.of(List.of("a", "b"), Map.of("s", "text")));
        assertThat(List.of(
                        Fingerprint.of(List.of("ab", ""), Map.of("s", "text")),
                        Fingerprint.of(List.of("a"), Map.of("b", "s")),
                        Fingerprint.of(List.of("a", "b"), Map.of("t", "text")),
                        Fingerprint.of(List.of("a", "b"), Map.of("s", "texts"))))
                .doesNotContain(one)
                .doesNotHaveDuplicates();
    }
}
