package dev.adjoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Derive;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every step of every derivation of the library keeps the value of the whole, modulo 2^61 − 1 and with derivatives that
 * are still to be taken as dual numbers; none is left out.
 */
class EveryStepTest {
    private static final long SEED = Long.getLong("adjoint.random.seed", 1L);

    @Test
    void everyStepOfTheLibraryIsCompared() throws IOException {
        LongAdder compared = new LongAdder();
        LongAdder steps = new LongAdder();
        List<String> failures;
        try (Stream<Path> files = Files.list(Path.of("specs"))) {
            failures = files
                    .filter(f -> f.toString().endsWith(".layer"))
                    .sorted()
                    .flatMap(f -> Specs.load(f, Importers.library()).layers().stream())
                    .toList()
                    .parallelStream()
                    .flatMap(layer -> {
                        Derivation derivation = Derive.derive(layer);
                        ExactReport report =
                                new ExactCheck(new ExactCheck.Settings(SEED, 2, 150, 3e3, 1)).check(derivation);
                        compared.add(report.compared());
                        derivation
                                .gradients()
                                .forEach(g -> steps.add(
                                        g.steps().size() + g.paddedSteps().size()));
                        return Stream.of(report.failures(), report.untested(), report.tooLarge())
                                .flatMap(List::stream)
                                .map(f -> layer.name() + ": " + f);
                    })
                    .toList();
        }
        System.out.println("seed " + SEED + ": " + steps + " steps, " + compared + " values compared");
        assertThat(failures)
                .as("steps that change a value, or of which nothing was compared")
                .isEmpty();
    }
}
