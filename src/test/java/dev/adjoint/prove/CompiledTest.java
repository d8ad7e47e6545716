package dev.adjoint.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.derive.Derive;
import dev.adjoint.eval.Code;
import dev.adjoint.eval.Compiled;
import dev.adjoint.eval.DoubleField;
import dev.adjoint.eval.Evaluator;
import dev.adjoint.eval.Frame;
import dev.adjoint.expr.Expr;
import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Specs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiled expressions have the values that the definition has, at all elements of both sides of every claim. */
class CompiledTest {
    private static final long SEED = Long.getLong("adjoint.random.seed", 1L);

    static List<Path> files() throws IOException {
        return LibraryProvedTest.files();
    }

    @ParameterizedTest
    @MethodSource("files")
    void valuesAreThoseOfTheDefinition(Path file) {
        DoubleField field = new DoubleField(Scan::open);
        int compared = 0;
        for (Layer layer : Specs.load(file, Importers.library()).layers()) {
            Meaning meaning = new Meaning(layer, Derive.derive(layer));
            Samples samples = new Samples(meaning);
            SplittableRandom random = new SplittableRandom(SEED);
            List<Map<String, Long>> sizes = samples.generic(random, 2, s -> true);
            for (Map<String, Long> each : sizes) {
                Sample sample = samples.draw(each, Samples.Style.UNIT, random);
                Compiled compiled = new Compiled(field, meaning::definition);
                Frame frame = Scan.frame(compiled, sample, Scan.doubles(sample));
                Evaluator<Double> definition = sample.evaluator(
                        field, meaning, (entry, value) -> value.doubleValue(), new Sample.Effort(2_000_000));
                for (Claim claim : layer.claims()) {
                    for (Expr side : List.of(claim.left(), claim.right())) {
                        Expr derived = meaning.derived(side, claim.indices());
                        List<Map<String, Long>> elements = Refuter.elements(claim.indices(), definition);
                        for (int k = 0; k < elements.size(); k += 1 + elements.size() / 10) {
                            Map<String, Long> element = elements.get(k);
                            compared += compare(
                                    claim,
                                    () -> definition.value(derived, element),
                                    compiled.real(derived),
                                    frame,
                                    element);
                        }
                    }
                }
            }
        }
        assertThat(compared).as("values compared in %s, seed %d", file, SEED).isPositive();
    }

    private static int compare(
            Claim claim,
            java.util.function.Supplier<Double> definition,
            Code.Real code,
            Frame frame,
            Map<String, Long> element) {
        double expected;
        try {
            expected = definition.get();
        } catch (Sample.TooMuch | ArithmeticException | IndexOutOfBoundsException none) {
            return 0;
        }
        double value = frame.value(code, element, Long.MAX_VALUE);
        assertThat(Double.isFinite(expected) ? Screen.agrees(expected, value) : !Double.isFinite(value))
                .as("%s at %s %s: %s compiled, %s by definition", claim.text(), frame.sizes(), element, value, expected)
                .isTrue();
        return 1;
    }
}
