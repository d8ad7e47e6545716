package dev.adjoint.lift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.eval.DoubleField;
import dev.adjoint.eval.Evaluator;
import dev.adjoint.expr.Ref;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Specs;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random programs: refused, or lifted to what they compute, entry by entry. */
class RandomProgramsTest {
    private static final int PROGRAMS = Integer.getInteger("adjoint.lift.programs", 100);
    private static final long SEED = Long.getLong("adjoint.lift.seed", 1);

    private static final long[][] SIZES = {{1, 1}, {1, 3}, {4, 1}, {2, 3}, {5, 2}, {3, 4}};

    @Test
    void whatIsLiftedIsWhatRuns() throws ReflectiveOperationException {
        StringBuilder source = new StringBuilder("class T {\n");
        StringBuilder text = new StringBuilder("layer L[N, M] { input a[N] input b[N, M] param w[M]"
                + " output out[i < N, j < M] = a[i] * w[j] * b[i,j]\n");
        for (int k = 0; k < PROGRAMS; k++) {
            source.append(RandomPrograms.method("p" + k, SEED * 100_000 + k));
            text.append("verify out by T#p").append(k).append("(result = out)\n");
        }
        source.append("}\n");
        text.append('}');
        // Inside the method, `out` is what it leaves there, not the layer's output.
        Layer layer = Specs.parse("l.layer", text.toString(), Importers.library())
                .layers()
                .get(0);
        Class<?> type = JavaRun.load("T", source.toString());
        JavaSources sources = JavaSources.texts(Map.of("T.java", source.toString()));
        Map<String, Integer> refused = new TreeMap<>();
        int lifted = 0;
        for (int k = 0; k < PROGRAMS; k++) {
            String program = RandomPrograms.method("p" + k, SEED * 100_000 + k);
            Lifted it;
            try {
                it = Lift.lift(layer, layer.verifications().get(k), sources);
            } catch (AdjointException refusal) {
                String why = refusal.diagnostics().get(0).code() + " "
                        + refusal.diagnostics().get(0).message().replaceAll("`[^`]*`", "`…`");
                refused.merge(why, 1, Integer::sum);
                continue;
            } catch (RuntimeException bug) {
                throw new AssertionError("seed " + SEED + ", program " + k + ":\n" + program, bug);
            }
            lifted++;
            for (long[] sizes : SIZES) {
                compare(layer, it, method(type, "p" + k), sizes, "seed " + SEED + ", program " + k + ":\n" + program);
            }
        }
        if (Boolean.getBoolean("adjoint.lift.tally")) {
            System.out.println(lifted + " of " + PROGRAMS + " lifted; refused:");
            refused.forEach((why, times) -> System.out.println(times + " x " + why));
        }
        assertThat(lifted)
                .as("programs that were lifted, of %d; refused %s", PROGRAMS, refused)
                .isGreaterThan(PROGRAMS / 3);
    }

    private static Method method(Class<?> type, String name) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(m -> m.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void compare(Layer layer, Lifted it, Method method, long[] nm, String what)
            throws ReflectiveOperationException {
        Map<String, Long> sizes = Map.of("N", nm[0], "M", nm[1]);
        int n = (int) nm[0];
        int m = (int) nm[1];
        Data data = new Data(layer, sizes, 5);
        double[] a = new double[n];
        double[][] b = new double[n][m];
        double[] w = new double[m];
        for (int i = 0; i < n; i++) {
            a[i] = data.entry(Ref.value("a"), new long[] {i});
            for (int j = 0; j < m; j++) {
                b[i][j] = data.entry(Ref.value("b"), new long[] {i, j});
                w[j] = data.entry(Ref.value("w"), new long[] {j});
            }
        }
        double[][] out = new double[n][m];
        method.setAccessible(true);
        try {
            method.invoke(null, a, b, w, out, n, m);
        } catch (InvocationTargetException e) {
            throw new AssertionError(what + "throws at " + sizes + ", lifted as " + it.equation(), e.getCause());
        }
        Evaluator<Double> evaluator = new Evaluator<>(new DoubleField(), data.source(new DoubleField()), sizes);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                Map<String, Long> at = new HashMap<>();
                at.put(it.claim().indices().get(0).name(), (long) i);
                at.put(it.claim().indices().get(1).name(), (long) j);
                if (Double.isNaN(out[i][j])) {
                    // Zero times infinity: no real number.
                    continue;
                }
                double value;
                try {
                    value = evaluator.value(it.claim().right(), at);
                } catch (RuntimeException undefined) {
                    throw new AssertionError(
                            what + "the equation is undefined at " + at + " of " + sizes + ": " + it.equation(),
                            undefined);
                }
                assertThat(value + 0.0)
                        .as("out[%d][%d] of sizes %s lifted as %s\n%s", i, j, sizes, it.equation(), what)
                        .isEqualTo(Double.valueOf(out[i][j] + 0.0));
            }
        }
    }
}
