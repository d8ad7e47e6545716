package dev.adjoint.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Derive;
import dev.adjoint.derive.Gradient;
import dev.adjoint.eval.Evaluator;
import dev.adjoint.eval.PrimeField;
import dev.adjoint.eval.Source;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Specs;
import dev.adjoint.lang.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A plan, statement by statement over the prime field, gives exactly what its equations and gradients say: every entry
 * of every result of every method, whatever plan was chosen.
 */
class PlansExactTest {
    private static final long SEED = 11;

    private final Random random = new Random(SEED);
    private final Map<String, Integer> chosen = new TreeMap<>();

    @Test
    void everyPlanOfAConvolutionIsExact() {
        for (int k = 0; k < 60; k++) {
            Map<String, Long> sizes = new LinkedHashMap<>();
            sizes.put("N", 1L + random.nextInt(2));
            sizes.put("C", 1L + random.nextInt(4));
            sizes.put("D", 1L + random.nextInt(9));
            sizes.put("K1", 1L + random.nextInt(4));
            sizes.put("K2", 1L + random.nextInt(6));
            sizes.put("S", random.nextInt(3) > 0 ? 1L : 2L);
            sizes.put("P", (long) random.nextInt(3));
            sizes.put("L", random.nextInt(3) > 0 ? 1L : 2L);
            long span1 = sizes.get("L") * (sizes.get("K1") - 1) + 1 - 2 * sizes.get("P");
            long span2 = sizes.get("L") * (sizes.get("K2") - 1) + 1 - 2 * sizes.get("P");
            sizes.put("H", Math.max(1, span1) + random.nextInt(12));
            sizes.put("W", Math.max(1, span2) + random.nextInt(24));
            check("adjoint.conv.Conv2d", "Conv2d", sizes);
        }
        assertThat(chosen.keySet())
                .as("seed %d, plans that were chosen: %s", SEED, chosen)
                .contains("runs over rows", "register blocks", "loop nest");
    }

    @Test
    void everyPlanOfADenseLayerIsExact() {
        for (int k = 0; k < 20; k++) {
            Map<String, Long> sizes = new LinkedHashMap<>();
            sizes.put("N", 1L + random.nextInt(9));
            sizes.put("I", 1L + random.nextInt(20));
            sizes.put("K", 1L + random.nextInt(15));
            check("adjoint.dense.Dense", "Dense", sizes);
        }
    }

    @Test
    void everyPlanOfAveragePoolingIsExact() {
        for (int k = 0; k < 20; k++) {
            long window = 1 + random.nextInt(4);
            Map<String, Long> sizes = new LinkedHashMap<>();
            sizes.put("N", 1L + random.nextInt(2));
            sizes.put("C", 1L + random.nextInt(3));
            sizes.put("K", window);
            sizes.put("S", 1L + random.nextInt(4));
            sizes.put("P", (long) random.nextInt((int) window / 2 + 1));
            sizes.put("H", window + random.nextInt(7));
            sizes.put("W", window + random.nextInt(7));
            check("adjoint.pool.AvgPool2d", "AvgPool2d", sizes);
        }
    }

    /** Each size is bound or left open by chance. */
    private void check(String library, String layer, Map<String, Long> sizes) {
        StringBuilder binding = new StringBuilder();
        Map<String, Long> open = new HashMap<>();
        boolean all = random.nextInt(2) == 0;
        sizes.forEach((name, value) -> {
            boolean bound = all || random.nextInt(3) > 0;
            binding.append(binding.length() == 0 ? "" : ", ")
                    .append(name)
                    .append(" = ")
                    .append(bound ? value : "?");
            if (!bound) {
                open.put(name, value);
            }
        });
        String unroll = List.of("auto", "none", "full").get(random.nextInt(3));
        String statement = "generate A = " + layer + "[" + binding + "] { unroll = " + unroll + " }";
        Generate generate = Specs.parse(
                        "exact.layer", "package exact; import " + library + "; " + statement, Importers.library())
                .generates()
                .get(0);
        new Exact(generate, open, statement + " with " + open).run();
    }

    /** One class at one choice of sizes, on random elements of the field. */
    private final class Exact implements Source<Long> {
        private final Generate generate;
        private final Derivation derivation;
        private final ClassPlan plan;
        private final Map<String, Long> open;
        private final String what;
        private final PrimeField field = new PrimeField(SEED);
        private final Map<Ref, Long[]> values = new HashMap<>();

        Exact(Generate generate, Map<String, Long> open, String what) {
            this.generate = generate;
            this.derivation = Derive.derive(generate.layer());
            this.plan = Planner.plan(generate, derivation, Set.of());
            this.open = open;
            this.what = what;
        }

        void run() {
            for (Choice choice : plan.choices()) {
                String kind = choice.plan().startsWith("runs over")
                        ? "runs over rows"
                        : choice.plan().contains("in blocks of") ? "register blocks" : "loop nest";
                chosen.merge(kind, 1, Integer::sum);
            }
            generate.layer().given().forEach(t -> values.put(Ref.value(t.name()), elements(length(t))));
            generate.layer()
                    .outputs()
                    .forEach(t -> values.put(Tensors.plain(Ref.delta(t.name(), false)), elements(length(t))));
            for (Equation e : generate.layer().equations()) {
                values.put(Ref.value(e.target().name()), evaluate(e.target(), e.indices(), e.rhs()));
            }
            for (Gradient g : derivation.gradients()) {
                values.put(Ref.grad(g.of().name()), evaluate(g.of(), g.indices(), g.formula()));
            }
            plan.entries().forEach(this::hold);
        }

        /** Runs a method twice, its results full of something else before, and looks at each entry. */
        private void hold(Entry entry) {
            Interpreter<Long> interpreter = new Interpreter<>(field, plan, open);
            plan.scratch().forEach(interpreter::allocate);
            for (int time = 0; time < 2; time++) {
                Map<String, Object[]> results = new HashMap<>();
                for (Buffer parameter : entry.parameters()) {
                    Long[] known = named(parameter.name());
                    boolean result = parameter.role() == Buffer.Role.RESULT;
                    Object[] array = result ? elements(known.length) : known.clone();
                    interpreter.bind(parameter, array);
                    if (result) {
                        results.put(parameter.name(), array);
                    }
                }
                entry.calls().forEach(routine -> interpreter.run(routine, List.of()));
                results.forEach((name, array) -> assertThat(array)
                        .as("%s: %s computes %s", what, entry.name(), name)
                        .isEqualTo(named(name)));
            }
        }

        private Long[] named(String buffer) {
            for (Map.Entry<Ref, Long[]> value : values.entrySet()) {
                Ref ref = value.getKey();
                String name = switch (ref.kind()) {
                    case VALUE -> ref.name();
                    case DELTA -> "delta";
                    case GRAD -> "grad" + Planner.capital(ref.name());
                };
                if (name.equals(buffer)) {
                    return value.getValue();
                }
            }
            throw new AssertionError("no values of " + buffer);
        }

        private Long[] elements(int length) {
            return random.longs(length, 0, PrimeField.P).boxed().toArray(Long[]::new);
        }

        private long[] shape(Tensor tensor) {
            return tensor.shape().stream()
                    .mapToLong(e -> e.evaluate(a -> open.get(a.toString())))
                    .toArray();
        }

        private int length(Tensor tensor) {
            int length = 1;
            for (long extent : shape(tensor)) {
                length *= (int) extent;
            }
            return length;
        }

        private Long[] evaluate(Tensor tensor, List<Range> indices, Expr e) {
            Evaluator<Long> evaluator = new Evaluator<>(field, this, open);
            long[] shape = shape(tensor);
            Long[] result = new Long[length(tensor)];
            for (int at = 0; at < result.length; at++) {
                Map<String, Long> point = new HashMap<>();
                long rest = at;
                for (int axis = shape.length - 1; axis >= 0; axis--) {
                    point.put(indices.get(axis).name(), rest % shape[axis]);
                    rest /= shape[axis];
                }
                result[at] = evaluator.value(e, point);
            }
            return result;
        }

        @Override
        public long[] shape(Ref ref) {
            return shape(generate.layer().tensor(ref.name()).orElseThrow());
        }

        @Override
        public Long read(Ref ref, long[] index) {
            long flat = 0;
            long[] shape = shape(ref);
            for (int axis = 0; axis < shape.length; axis++) {
                flat = flat * shape[axis] + index[axis];
            }
            return values.get(Tensors.plain(ref))[(int) flat];
        }
    }
}
