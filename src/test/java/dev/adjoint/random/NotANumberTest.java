package dev.adjoint.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Derive;
import dev.adjoint.emit.Emitted;
import dev.adjoint.emit.Zoo;
import dev.adjoint.eval.DoubleField;
import dev.adjoint.expr.Ref;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Generate.Options;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** NaN wins a maximum, the first one if there are several, and the error goes to it; nothing else is touched by it. */
class NotANumberTest {
    @Test
    void theErrorOfAWindowGoesToItsFirstNaN() throws ReflectiveOperationException {
        for (int pad : new int[] {0, 1}) {
            Options options =
                    new Options(Options.Type.DOUBLE, Options.Target.PORTABLE, Options.Unroll.AUTO, true, false, false);
            Generate generate = Zoo.maxPool("Pool" + pad, Map.of(), 2, pad).generate(options);
            Derivation derivation = Derive.derive(generate.layer());
            Map<String, Long> sizes = Map.of("C", 2L, "H", 9L, "W", 7L, "K", 3L);
            Meaning<Double> meaning = new Meaning<>(generate.layer(), sizes, new DoubleField()).with(derivation, true);
            Random random = new Random(5);
            double[] o = random.doubles(2 * 9 * 7, -1, 1)
                    .map(v -> random.nextInt(9) == 0 ? Double.NaN : v)
                    .toArray();
            double[] delta =
                    random.doubles(meaning.length(Ref.value("y")), -1, 1).toArray();
            meaning.give(Ref.value("o"), Arrays.stream(o).boxed().toList());
            meaning.give(Ref.delta("y", true), Arrays.stream(delta).boxed().toList());
            Called called = new Called(Emitted.of(generate, derivation).type(), false, new int[] {2, 9, 7, 3});
            double[] y = (double[]) called.call("forward", List.of(o), new int[] {delta.length}, List.of())
                    .get(0);
            double[] gradient = (double[]) called.call("backward", List.of(delta, o), new int[] {o.length}, List.of())
                    .get(0);
            for (int k = 0; k < y.length; k++) {
                assertThat(y[k]).as("y{%s}, padding %s", k, pad).isEqualTo(meaning.at(Ref.value("y"), k));
            }
            for (int k = 0; k < gradient.length; k++) {
                assertThat(gradient[k])
                        .as("grad o{%s}, padding %s", k, pad)
                        .isEqualTo(meaning.at(Ref.grad("o"), k), org.assertj.core.data.Offset.offset(1e-12));
            }
            assertThat(y).contains(Double.NaN);
            assertThat(gradient).doesNotContain(Double.NaN);
        }
    }
}
