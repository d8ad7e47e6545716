package dev.adjoint.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every claim of the library holds for all sizes, and says so. */
class LibraryProvedTest {
    /** The specs that define layers; those that compose them claim nothing. */
    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("specs"))) {
            return files.filter(f -> f.toString().endsWith(".layer"))
                    .filter(f -> !Specs.load(f, Importers.library()).layers().isEmpty())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyClaimIsProved(Path file) {
        List<String> open = new ArrayList<>();
        int proved = 0;
        for (Layer layer : Specs.load(file, Importers.library()).layers()) {
            Prover prover = new Prover(layer);
            for (Claim claim : layer.claims()) {
                Verdict verdict = prover.judge(claim);
                if (verdict.word() == Word.PROVED && verdict.sizes().isEmpty()) {
                    proved++;
                } else {
                    open.add(verdict.title() + ": " + layer.name() + ": " + claim.text() + ": " + verdict.reason() + " "
                            + verdict.counterexample());
                }
            }
        }
        assertThat(open)
                .as("claims of %s that are not proved for all sizes", file)
                .isEmpty();
        assertThat(proved).as("claims in %s", file).isPositive();
    }

    @Test
    void theTextsEquationsAreAllThere() {
        List<String> numbers = new ArrayList<>();
        for (Layer layer : Specs.load(Path.of("specs/backprop-in-cnns.layer"), Importers.library())
                .layers()) {
            layer.claims().forEach(c -> numbers.add(c.label()));
        }
        for (int number = 1; number <= 22; number++) {
            int wanted = number;
            assertThat(numbers)
                    .as("equation %s of the text", number)
                    .anyMatch(label -> List.of(label.split("[,\\s–-]+")).contains(Integer.toString(wanted)));
        }
    }
}
