package dev.adjoint.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Derive;
import dev.adjoint.emit.Emitted;
import dev.adjoint.emit.Emitter;
import dev.adjoint.emit.SourceFile;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Generate.Options;
import dev.adjoint.lang.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Hundreds of random layers, emitted with random options, compiled together, run on random data and compared with their
 * equations and gradients: to the last bit where only sums and products of small integers occur. {@code
 * -Dadjoint.random.seed} and {@code -Dadjoint.random.count} draw others, or more.
 */
class RandomClassesTest {
    private static final long SEED = Long.getLong("adjoint.random.seed", 1L);
    private static final int COUNT = Integer.getInteger("adjoint.random.count", 400);

    /** What the source may hold, for the histogram. */
    private static final Map<String, Pattern> CONSTRUCTS = Map.of(
            "loop", Pattern.compile("for \\("),
            "accumulation", Pattern.compile("\\+="),
            "condition", Pattern.compile("if \\(|\\?"),
            "clamped bound", Pattern.compile("Math\\.(max|min)\\("),
            "quotient", Pattern.compile("floorDiv|floorMod|[^/*] / [^/]"),
            "function", Pattern.compile("Math\\.(exp|log|sqrt|tanh|sin|cos|pow|abs)|erf|sigmoid"),
            "scratch", Pattern.compile("private final (float|double|int)\\[\\]"),
            "private method", Pattern.compile("private void "),
            "argument of another", Pattern.compile("compute\\w+\\("));

    @Test
    void everyClassComputesItsLayer() {
        List<EmittedCase> cases = LongStream.range(SEED, SEED + COUNT)
                .mapToObj(RandomClassesTest::emit)
                .collect(Collectors.toCollection(ArrayList::new));
        Map<String, Integer> tally = new TreeMap<>();
        List<String> failures = new ArrayList<>();
        ClassLoader loader = compile(cases, failures);
        for (EmittedCase each : cases) {
            each.features().forEach(f -> tally.merge(f, 1, Integer::sum));
            try {
                each.run(loader).forEach((what, count) -> tally.merge(what, count, Integer::sum));
            } catch (AssertionError | ReflectiveOperationException | RuntimeException e) {
                failures.add(each + "\n" + e + "\n" + each.source());
            }
        }
        System.out.println("seed " + SEED + ", " + COUNT + " classes: " + tally);
        assertThat(failures)
                .as(
                        "seeds %s",
                        failures.stream()
                                .map(f -> f.lines().findFirst().orElseThrow())
                                .toList())
                .isEmpty();
        assertThat(tally.get("classes with nothing compared")).as("%s", tally).isLessThan(COUNT / 20);
        assertThat(tally.get("classes compared bit by bit")).as("%s", tally).isGreaterThan(COUNT / 20);
        CONSTRUCTS
                .keySet()
                .forEach(c -> assertThat(tally.getOrDefault(c, 0))
                        .as("classes with a %s, of %s", c, tally)
                        .isGreaterThan(COUNT / 50));
    }

    /** All in one run; if that fails, those that compile by themselves, and the others are failures. */
    private static ClassLoader compile(List<EmittedCase> cases, List<String> failures) {
        try {
            return loader(cases);
        } catch (AssertionError some) {
            cases.removeIf(each -> {
                try {
                    loader(List.of(each));
                    return false;
                } catch (AssertionError wrong) {
                    return failures.add(each + "\n" + wrong.getMessage());
                }
            });
            return loader(cases);
        }
    }

    private static ClassLoader loader(List<EmittedCase> cases) {
        List<SourceFile> files = new ArrayList<>();
        cases.forEach(c -> files.addAll(c.files()));
        return Emitted.compile(files, cases.get(0).name()).type().getClassLoader();
    }

    /** One in eight is a chain of two, where two fit. */
    private static Layer layer(long seed) {
        Optional<Layer> chain = seed % 8 != 0
                ? Optional.empty()
                : RandomChains.draw(seed).map(c -> c.both().layer());
        return chain.orElseGet(
                () -> RandomLayers.draw(seed, RandomLayers.Options.EMITTED).layer());
    }

    private static EmittedCase emit(long seed) {
        Random random = new Random(seed);
        Layer layer = layer(seed);
        Options options = new Options(
                random.nextInt(3) == 0 ? Options.Type.FLOAT : Options.Type.DOUBLE,
                new Random(~seed).nextInt(3) == 0 ? Options.Target.VECTOR : Options.Target.PORTABLE,
                Options.Unroll.values()[random.nextInt(3)],
                true,
                random.nextInt(3) == 0,
                random.nextInt(3) == 0);
        Generate generate = new Generate(layer.name(), "random", layer, layer.name(), Map.of(), options, layer.place());
        try {
            Derivation derivation = Derive.derive(layer);
            List<SourceFile> files = Emitter.emit(generate, derivation, "random.layer");
            EmittedCase each = new EmittedCase(seed, generate, derivation, files);
            CONSTRUCTS.forEach((name, pattern) -> {
                if (pattern.matcher(each.source()).find()) {
                    each.features().add(name);
                }
            });
            return each;
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("seed " + seed + "\n" + LayerText.print(layer), e);
        }
    }
}
