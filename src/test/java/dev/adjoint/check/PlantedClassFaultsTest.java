package dev.adjoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Derive;
import dev.adjoint.emit.Emitter;
import dev.adjoint.emit.LayerBuilder;
import dev.adjoint.emit.SourceFile;
import dev.adjoint.emit.Zoo;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Generate.Options;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Mistakes planted in emitted classes, one at a time: bounds and offsets off by one, terms lost, operands exchanged,
 * border tests dropped, accumulators that begin elsewhere. The check has to find those that matter: what it lets pass must
 * pass a far longer check too, as the mistakes do that change no value. A few are missed, since a mistake in one of the
 * paths that a plan has for different sizes shows at no others.
 */
class PlantedClassFaultsTest {
    private static final long SEED = Long.getLong("adjoint.random.seed", 1L);
    /** Of each layer; {@code -Dadjoint.faults=100000} plants them all. */
    private static final int FAULTS = Integer.getInteger("adjoint.faults", 16);

    /** In percent. */
    private static final int MISSED = 4;

    private static final CheckSettings CHECK = CheckSettings.DEFAULT.withTimeout(Duration.ofSeconds(10));

    @Test
    void mistakesThatMatterAreFound() {
        List<Subject> subjects = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        Map<String, Long> open = Map.of();
        plant(Zoo.conv("Conv", open, 1, 1, 0), subjects, mistakes);
        plant(Zoo.conv("ConvStrided", Map.of("K", 3L), 2, 1, 1), subjects, mistakes);
        plant(Zoo.conv("ConvDilated", Map.of("N", 1L, "K", 3L, "W", 9L), 1, 2, 2), subjects, mistakes);
        plant(Zoo.maxPool("MaxOverlapping", open, 2, 1), subjects, mistakes);
        plant(Zoo.maxPool("MaxBound", Map.of("C", 2L, "H", 9L, "W", 7L, "K", 3L), 2, 0), subjects, mistakes);
        plant(Zoo.meanPool("MeanPool", open, 2), subjects, mistakes);
        plant(Zoo.normPool("NormPool", open), subjects, mistakes);
        plant(Zoo.softmax("Softmax", open), subjects, mistakes);
        plant(Zoo.probabilities("Probabilities", Map.of("K", 5L)), subjects, mistakes);
        plant(Zoo.functions("Functions", open), subjects, mistakes);
        plant(Zoo.odd("Odd", open), subjects, mistakes);
        plant(Zoo.dense("Dense", Map.of("I", 11L)), subjects, mistakes);
        plant(Zoo.depthwise("Depthwise", open), subjects, mistakes);

        List<ClassReport> reports = new Checker(CHECK).check(subjects);
        List<Subject> passed = new ArrayList<>();
        List<String> harmless = new ArrayList<>();
        for (int k = 0; k < reports.size(); k++) {
            List<String> failures = reports.get(k).failures();
            assertThat(failures).as(mistakes.get(k)).noneMatch(f -> f.startsWith("does not compile"));
            if (failures.isEmpty()) {
                passed.add(subjects.get(k));
                harmless.add(mistakes.get(k));
            }
        }
        List<String> missed = new ArrayList<>();
        List<ClassReport> longer = new Checker(CHECK.withSizeSets(12).withSeed(SEED + 1)).check(passed);
        for (int k = 0; k < longer.size(); k++) {
            if (!longer.get(k).failures().isEmpty()) {
                missed.add(harmless.get(k) + "\n    " + longer.get(k).failures().get(0));
            }
        }
        int planted = subjects.size();
        System.out.println("seed " + SEED + ": of " + planted + " mistakes " + (planted - passed.size()) + " found, "
                + (passed.size() - missed.size()) + " change no value, " + missed.size() + " missed");
        if (Boolean.getBoolean("adjoint.faults.print")) {
            harmless.forEach(System.out::println);
        }
        assertThat(missed).hasSizeLessThanOrEqualTo(planted * MISSED / 100);
        assertThat(planted - passed.size()).isGreaterThan(planted * 3 / 4);
    }

    private static void plant(LayerBuilder layer, List<Subject> subjects, List<String> mistakes) {
        Options options =
                new Options(Options.Type.DOUBLE, Options.Target.PORTABLE, Options.Unroll.AUTO, true, false, false);
        Generate generate = layer.generate(options);
        Derivation derivation = Derive.derive(generate.layer());
        String source =
                Emitter.emit(generate, derivation, "specs/test.layer").get(0).text();
        List<SourceMutations.Mutant> mutants = SourceMutations.of(source);
        java.util.Collections.shuffle(mutants, new Random(SEED));
        for (SourceMutations.Mutant mutant : mutants.subList(0, Math.min(FAULTS, mutants.size()))) {
            // Each under a name of its own: they are compiled together.
            String name = generate.className() + "Fault" + subjects.size();
            String text = mutant.source().replaceAll("\\b" + generate.className() + "\\b", name);
            Generate renamed = new Generate(
                    name,
                    generate.javaPackage(),
                    generate.layer(),
                    generate.origin(),
                    generate.bound(),
                    options,
                    generate.place());
            List<SourceFile> files = List.of(new SourceFile("test/" + name + ".java", text));
            subjects.add(new Subject(renamed, derivation, files, files));
            mistakes.add(name + ", " + mutant.what());
        }
    }
}
