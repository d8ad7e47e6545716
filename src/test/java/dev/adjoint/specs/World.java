package dev.adjoint.specs;

import dev.adjoint.eval.Dual;
import dev.adjoint.eval.DualField;
import dev.adjoint.eval.Evaluator;
import dev.adjoint.eval.Field;
import dev.adjoint.eval.Source;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A layer at given sizes and data, and what its claims speak of, by definition: lets and outputs by their equations,
 * {@code grad T[q]} and {@code d(e) / d(T[q])} by dual numbers that run through all equations from T on. Nothing that
 * was derived has a part in it.
 *
 * @param <V> an element of the field
 */
final class World<V> implements Source<V> {
    private static final String DERIVATIVE = "derivative ";
    /** Indices of a derivative may be negative, those of a tensor not. */
    private static final long SHIFT = 1 << 20;

    private final Layer layer;
    private final Map<String, Long> sizes;
    private final Field<V> field;
    private final Map<Ref, List<V>> given;
    private final Map<String, long[]> integers;
    private final List<Expr.Deriv> derivatives;
    private final Map<Expr, Expr> rewritten = new HashMap<>();
    private final Map<String, long[]> shapes = new HashMap<>();
    private final Map<Ref, Map<Integer, V>> known = new HashMap<>();
    private final Map<Ref, Map<Integer, World<Dual<V>>>> seeded = new HashMap<>();

    /** @param given the value of each tensor that is given, and the error of each output, {@code Ref.delta(y, false)} */
    World(Layer layer, Map<String, Long> sizes, Field<V> field, Map<Ref, List<V>> given, Map<String, long[]> integers) {
        this(layer, sizes, field, given, integers, new ArrayList<>());
    }

    private World(
            Layer layer,
            Map<String, Long> sizes,
            Field<V> field,
            Map<Ref, List<V>> given,
            Map<String, long[]> integers,
            List<Expr.Deriv> derivatives) {
        this.layer = layer;
        this.sizes = sizes;
        this.field = field;
        this.given = given;
        this.integers = integers;
        this.derivatives = derivatives;
    }

    V value(Expr e, Map<String, Long> point) {
        return evaluator().value(rewritten.computeIfAbsent(e, this::withoutDerivatives), point);
    }

    private Evaluator<V> evaluator() {
        return new Evaluator<>(field, this, sizes);
    }

    /** Each {@code d(e) / d(T[q])} becomes the entry of a tensor over the indices that stand free in it. */
    private Expr withoutDerivatives(Expr e) {
        return new Rewriter() {
            @Override
            public Expr expr(Expr node) {
                if (!(node instanceof Expr.Deriv d)) {
                    return super.expr(node);
                }
                if (!derivatives.contains(d)) {
                    derivatives.add(d);
                }
                List<IntExpr> index = indices(d).stream()
                        .map(name -> IntExpr.var(name).plus(SHIFT))
                        .toList();
                return new Expr.Read(Ref.value(DERIVATIVE + derivatives.indexOf(d)), index, null);
            }
        }.expr(e);
    }

    private List<String> indices(Expr.Deriv d) {
        return Variables.of(d).stream().filter(name -> !sizes.containsKey(name)).toList();
    }

    @Override
    public long[] shape(Ref ref) {
        return shapes.computeIfAbsent(ref.name(), name -> {
            if (name.startsWith(DERIVATIVE)) {
                long[] shape = new long[indices(derivative(ref)).size()];
                Arrays.fill(shape, Long.MAX_VALUE);
                return shape;
            }
            Tensor tensor = layer.tensor(name).orElseThrow();
            return tensor.shape().stream().mapToLong(e -> integer(e, sizes)).toArray();
        });
    }

    private Expr.Deriv derivative(Ref ref) {
        return derivatives.get(Integer.parseInt(ref.name().substring(DERIVATIVE.length())));
    }

    @Override
    public V read(Ref ref, long[] index) {
        if (ref.name().startsWith(DERIVATIVE)) {
            Expr.Deriv d = derivative(ref);
            Map<String, Long> point = new HashMap<>();
            List<String> names = indices(d);
            for (int k = 0; k < index.length; k++) {
                point.put(names.get(k), index[k] - SHIFT);
            }
            long[] at = d.index().stream()
                    .mapToLong(i -> evaluator().integer(i, point))
                    .toArray();
            return seeded(plain(d.ref()), flat(d.ref(), at))
                    .value(d.arg(), point)
                    .tangent();
        }
        if (integers.containsKey(ref.name())) {
            return field.of(entry(ref.name(), index));
        }
        return at(plain(ref), flat(ref, index));
    }

    /** The entry at a place in row-major order. */
    V at(Ref ref, int flat) {
        List<V> values = given.get(ref);
        if (values != null) {
            return values.get(flat);
        }
        Map<Integer, V> entries = known.computeIfAbsent(ref, r -> new HashMap<>());
        V value = entries.get(flat);
        if (value == null) {
            value = ref.kind() == Ref.Kind.GRAD ? gradient(ref, flat) : computed(ref, flat);
            entries.put(flat, value);
        }
        return value;
    }

    private V computed(Ref ref, int flat) {
        Equation equation = layer.equations().stream()
                .filter(e -> e.target().name().equals(ref.name()))
                .findFirst()
                .orElseThrow();
        Map<String, Long> point = new HashMap<>();
        long[] shape = shape(ref);
        long rest = flat;
        for (int k = shape.length - 1; k >= 0; k--) {
            point.put(equation.indices().get(k).name(), rest % shape[k]);
            rest /= shape[k];
        }
        return value(equation.rhs(), point);
    }

    /** {@code dE/dT[q]} with {@code E = Σ delta·y} over all outputs. */
    private V gradient(Ref ref, int flat) {
        World<Dual<V>> world = seeded(Ref.value(ref.name()), flat);
        V sum = field.of(0);
        for (Tensor output : layer.outputs()) {
            for (int k = 0; k < length(shape(Ref.value(output.name()))); k++) {
                V error = at(Ref.delta(output.name(), false), k);
                V slope = world.at(Ref.value(output.name()), k).tangent();
                sum = field.add(sum, slope.equals(field.of(0)) ? slope : field.multiply(error, slope));
            }
        }
        return sum;
    }

    /** The same world, {@code T[q]} varying; a let or an output is then a variable, whatever its equation. */
    private World<Dual<V>> seeded(Ref ref, int flat) {
        return seeded.computeIfAbsent(ref, r -> new HashMap<>()).computeIfAbsent(flat, f -> {
            Map<Ref, List<Dual<V>>> lifted = new HashMap<>();
            DualField<V> duals = new DualField<>(field);
            given.forEach((each, values) -> lifted.put(
                    each, new ArrayList<>(values.stream().map(duals::constant).toList())));
            if (!lifted.containsKey(ref)) {
                List<Dual<V>> values = new ArrayList<>();
                for (int k = 0; k < length(shape(ref)); k++) {
                    values.add(duals.constant(at(ref, k)));
                }
                lifted.put(ref, values);
            }
            List<Dual<V>> values = lifted.get(ref);
            values.set(flat, new Dual<>(values.get(flat).value(), field.of(1)));
            return new World<>(layer, sizes, duals, lifted, integers, derivatives);
        });
    }

    @Override
    public long entry(String tensor, long[] index) {
        return integers.get(tensor)[flat(Ref.value(tensor), index)];
    }

    private static Ref plain(Ref ref) {
        return ref.kind() == Ref.Kind.DELTA ? Ref.delta(ref.name(), false) : ref;
    }

    private int flat(Ref ref, long[] index) {
        long[] shape = shape(ref);
        long flat = 0;
        for (int k = 0; k < shape.length; k++) {
            if (index[k] < 0 || index[k] >= shape[k]) {
                throw new IndexOutOfBoundsException(ref + Arrays.toString(index) + " lies outside");
            }
            flat = flat * shape[k] + index[k];
        }
        return Math.toIntExact(flat);
    }

    static int length(long[] shape) {
        long length = 1;
        for (long extent : shape) {
            length = Math.multiplyExact(length, extent);
        }
        return Math.toIntExact(length);
    }

    static long integer(IntExpr e, Map<String, Long> sizes) {
        return e.evaluate(atom -> sizes.get(atom.toString()));
    }
}
