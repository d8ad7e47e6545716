package dev.adjoint.plan;

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
import dev.adjoint.lang.Tensor;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Interpreter;
import dev.adjoint.loop.Lane;
import dev.adjoint.loop.Routine;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.StepRewriter;
import dev.adjoint.lower.Tensors;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** One class at one choice of sizes, on random elements of the field. */
final class ExactPlan implements Source<Long> {
    private final Generate generate;
    private final Derivation derivation;
    private final ClassPlan plan;
    private final Map<String, Long> open;
    private final PrimeField field;
    private final Random random;
    private final Map<Ref, Long[]> values = new HashMap<>();
    private final Map<String, long[]> integers = new HashMap<>();

    ExactPlan(Generate generate, Map<String, Long> open, long seed) {
        this(generate, open, seed, 1, Chooser.CHEAPEST);
    }

    /** @param lanes of the vectors, if the class is to have vectors */
    ExactPlan(Generate generate, Map<String, Long> open, long seed, long lanes, Chooser chooser) {
        this.generate = generate;
        this.derivation = Derive.derive(generate.layer());
        // However little there is to do, all that may be shared is.
        this.plan =
                Planner.plan(generate, derivation, Set.of(), generate.options().target(), chooser, 0);
        this.open = new HashMap<>(open);
        this.open.put(Lane.NAME, lanes);
        this.field = new PrimeField(seed);
        this.random = new Random(seed);
        generate.layer().given().stream()
                .filter(t -> !t.isInteger())
                .forEach(t -> values.put(Ref.value(t.name()), elements(length(t))));
        generate.layer().given().stream()
                .filter(Tensor::isInteger)
                .forEach(t -> integers.put(
                        t.name(),
                        random.longs(length(t), 0, t.limit().orElseThrow().evaluate(this::size))
                                .toArray()));
        generate.layer()
                .outputs()
                .forEach(t -> values.put(Tensors.plain(Ref.delta(t.name(), false)), elements(length(t))));
        for (Equation e : generate.layer().equations()) {
            if (e.target().isInteger()) {
                integers.put(e.target().name(), positions(e));
            } else {
                values.put(Ref.value(e.target().name()), evaluate(e.target(), e.indices(), e.rhs()));
            }
        }
        for (Gradient g : derivation.gradients()) {
            values.put(Ref.grad(g.of().name()), evaluate(g.of(), g.indices(), g.formula()));
        }
    }

    /** Whether sums go to their places by whole vectors, each reaching into the next row. */
    static boolean movesShortRows(Entry entry) {
        boolean[] found = new boolean[1];
        StepRewriter search = new StepRewriter() {
            @Override
            public Step step(Step s) {
                found[0] |= s instanceof Step.Copy copy && copy.from().role() == Buffer.Role.BLOCK;
                return super.step(s);
            }
        };
        entry.calls().forEach(r -> search.step(r.body()));
        return found[0];
    }

    ClassPlan plan() {
        return plan;
    }

    /** What a method of the plan computes wrong; empty if every entry of every result is right. */
    Optional<String> mismatch() {
        return plan.entries().stream()
                .flatMap(e -> mismatch(e, e.calls()).stream())
                .findFirst();
    }

    /**
     * The same for one method with these routines; it runs twice, its results full of something else before, then with
     * each result in the array of an argument that it may have.
     */
    Optional<String> mismatch(Entry entry, List<Routine> calls) {
        Interpreter<Long> interpreter = new Interpreter<>(field, plan.extents(), open);
        plan.scratch().forEach(interpreter::allocate);
        plan.preparations().forEach(r -> interpreter.run(r, List.of()));
        for (int time = 0; time < 3; time++) {
            boolean inPlace = time == 2;
            Map<String, Object[]> arrays = new HashMap<>();
            for (Buffer parameter : entry.parameters()) {
                if (parameter.integer()) {
                    interpreter.bind(parameter, integers.get(parameter.name()).clone());
                    continue;
                }
                Long[] known = named(parameter.name());
                boolean result = parameter.role() == Buffer.Role.RESULT;
                Object[] array = result ? elements(known.length) : known.clone();
                if (inPlace && result) {
                    array = entry.parameters().stream()
                            .filter(p -> entry.mayShare(parameter, p) && arrays.get(p.name()) != null)
                            .map(p -> arrays.remove(p.name()))
                            .findFirst()
                            .orElse(array);
                }
                interpreter.bind(parameter, array);
                arrays.put(parameter.name(), array);
            }
            calls.forEach(routine -> interpreter.run(routine, List.of()));
            for (Buffer result : entry.results()) {
                if (!result.integer() && !Arrays.equals(arrays.get(result.name()), named(result.name()))) {
                    return Optional.of(entry.name() + " computes another " + result + (inPlace ? " in place" : ""));
                }
            }
        }
        return Optional.empty();
    }

    private Long[] named(String buffer) {
        for (Map.Entry<Ref, Long[]> value : values.entrySet()) {
            Ref ref = value.getKey();
            String name = switch (ref.kind()) {
                case VALUE -> ref.name();
                case DELTA -> generate.layer().outputs().size() == 1 ? "delta" : "delta" + Planner.capital(ref.name());
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

    private long size(dev.adjoint.index.Atom atom) {
        return open.get(atom.toString());
    }

    private long[] shape(Tensor tensor) {
        return tensor.shape().stream().mapToLong(e -> e.evaluate(this::size)).toArray();
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
        Long[] result = new Long[length(tensor)];
        for (int at = 0; at < result.length; at++) {
            result[at] = evaluator.value(e, point(tensor, indices, at));
        }
        return result;
    }

    private Map<String, Long> point(Tensor tensor, List<Range> indices, int at) {
        long[] shape = shape(tensor);
        Map<String, Long> point = new HashMap<>();
        long rest = at;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            point.put(indices.get(axis).name(), rest % shape[axis]);
            rest /= shape[axis];
        }
        return point;
    }

    private long[] positions(Equation e) {
        Evaluator<Long> evaluator = new Evaluator<>(field, this, open);
        long[] result = new long[length(e.target())];
        for (int at = 0; at < result.length; at++) {
            result[at] = evaluator.integer(((Expr.IntValue) e.rhs()).value(), point(e.target(), e.indices(), at));
        }
        return result;
    }

    @Override
    public long entry(String tensor, long[] index) {
        return integers.get(tensor)[flat(Ref.value(tensor), index)];
    }

    @Override
    public long[] shape(Ref ref) {
        return shape(generate.layer().tensor(ref.name()).orElseThrow());
    }

    @Override
    public Long read(Ref ref, long[] index) {
        return values.get(Tensors.plain(ref))[flat(ref, index)];
    }

    private int flat(Ref ref, long[] index) {
        long flat = 0;
        long[] shape = shape(ref);
        for (int axis = 0; axis < shape.length; axis++) {
            flat = flat * shape[axis] + index[axis];
        }
        return (int) flat;
    }
}
