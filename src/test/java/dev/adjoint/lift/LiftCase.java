package dev.adjoint.lift;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.IntegerLiteralExpr;
import com.github.javaparser.ast.expr.NameExpr;
import dev.adjoint.eval.DoubleField;
import dev.adjoint.eval.Evaluator;
import dev.adjoint.eval.PrimeField;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Specs;
import dev.adjoint.lang.Verification;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A Java method lifted against a layer, and the ways to ask whether the equation is true. */
final class LiftCase {
    private static final int SIZES = 6;
    private static final int LARGEST = 5;

    final Layer layer;
    final Verification verification;
    final String source;
    final Lifted lifted;
    private final Map<String, String> toLayer = new LinkedHashMap<>();

    /**
     * @param layerText a layer that verifies something by a method of the class {@code T}
     * @param source of the class {@code T}
     */
    LiftCase(String layerText, String source) {
        this.layer = Specs.parse("test.layer", layerText, Importers.library())
                .layers()
                .get(0);
        this.verification = layer.verifications().get(0);
        this.source = source;
        this.lifted = Lift.lift(layer, verification, JavaSources.texts(Map.of("T.java", source)));
        verification.parameters().forEach((from, to) -> toLayer.put(to, from));
    }

    private static long evaluate(IntExpr e, Map<String, Long> sizes) {
        return e.evaluate(a -> sizes.get(a.toString()));
    }

    /** Sizes that the layer allows, different ones first. */
    List<Map<String, Long>> sizes(long seed) {
        Random random = new Random(seed);
        List<Map<String, Long>> found = new ArrayList<>();
        for (int tries = 0; tries < 4000 && found.size() < SIZES; tries++) {
            Map<String, Long> sizes = new HashMap<>();
            layer.sizes().forEach(s -> sizes.put(s.name(), 1L + random.nextInt(LARGEST)));
            sizes.putAll(lifted.sizes());
            if (allows(sizes) && !found.contains(sizes)) {
                found.add(sizes);
            }
        }
        assertThat(found).as("sizes that %s allows", layer.name()).isNotEmpty();
        return found;
    }

    private boolean allows(Map<String, Long> sizes) {
        Data data = new Data(layer, sizes, 1);
        try {
            boolean axes = layer.tensors().stream()
                    .allMatch(
                            t -> Arrays.stream(data.shape(Ref.value(t.name()))).allMatch(n -> n >= 1 && n < 40));
            Evaluator<Double> evaluator = new Evaluator<>(new DoubleField(), data.source(new DoubleField()), sizes);
            return axes && layer.assumptions().stream().allMatch(a -> evaluator.holds(a, Map.of()));
        } catch (ArithmeticException undefined) {
            return false;
        }
    }

    // ---- the equation against the layer

    /** Whether the lifted equation is the gradient, or the tensor, at all elements of several sizes. */
    boolean isTrueOfTheLayer(long seed) {
        PrimeField field = new PrimeField(seed);
        Ref what = verification.what();
        for (Map<String, Long> sizes : sizes(seed)) {
            Data data = new Data(layer, sizes, seed);
            Evaluator<Long> evaluator = new Evaluator<>(field, data.source(field), sizes);
            long[] shape = data.shape(what);
            for (int flat = 0; flat < Data.length(shape); flat++) {
                long[] index = Data.unflat(shape, flat);
                Long expected = what.kind() == Ref.Kind.GRAD
                        ? data.gradient(field, what.name(), index)
                        : data.source(field).read(what, index);
                if (!expected.equals(evaluator.value(lifted.claim().right(), at(index)))) {
                    return false;
                }
            }
        }
        return true;
    }

    private Map<String, Long> at(long[] index) {
        Map<String, Long> at = new HashMap<>();
        List<Range> ranges = lifted.claim().indices();
        for (int k = 0; k < index.length; k++) {
            at.put(ranges.get(k).name(), index[k]);
        }
        return at;
    }

    // ---- the equation against the machine

    /** Compiles and runs the method on small integers; every element must be that of the equation. */
    void assertRunsAsLifted(long seed) {
        Class<?> type = JavaRun.load("T", source);
        for (Map<String, Long> sizes : sizes(seed)) {
            Data data = new Data(layer, sizes, seed);
            Evaluator<Double> evaluator = new Evaluator<>(new DoubleField(), data.source(new DoubleField()), sizes);
            Ref what = verification.what();
            long[] shape = data.shape(what);
            Object result = run(type, data);
            for (int flat = 0; flat < Data.length(shape); flat++) {
                long[] index = Data.unflat(shape, flat);
                double ran = ((Number) get(result, places(lifted.layout(), what, index, sizes))).doubleValue();
                double value = evaluator.value(lifted.claim().right(), at(index));
                assertThat(ran)
                        .as(
                                "element %s of what the method computes, sizes %s, seed %d; lifted as %s, %s",
                                Arrays.toString(index),
                                new java.util.TreeMap<>(sizes),
                                seed,
                                lifted.equation(),
                                lifted.layout())
                        .isEqualTo(value);
            }
        }
    }

    private Object run(Class<?> type, Data data) {
        Map<String, Object> arguments = new HashMap<>();
        try {
            Object instance = null;
            Constructor<?> constructor = type.getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            instance = constructor.newInstance(values(constructor, data, new HashMap<>()));
            for (Field field : type.getDeclaredFields()) {
                field.setAccessible(true);
                if (!Modifier.isFinal(field.getModifiers()) && !Modifier.isStatic(field.getModifiers())) {
                    Object value = value("this." + field.getName(), field.getType(), data);
                    value = value == null ? value(field.getName(), field.getType(), data) : value;
                    value = value == null && field.getType().isArray() ? spare(field.getType()) : value;
                    if (value != null) {
                        field.set(instance, value);
                    }
                }
            }
            String first = verification.parameters().get("after");
            if (first != null) {
                Method before = method(type, first);
                before.invoke(instance, values(before, data, new HashMap<>()));
            }
            Method method = method(type, verification.method());
            Object returned = method.invoke(instance, values(method, data, arguments));
            String result = verification.parameters().get("result");
            if (result == null) {
                return returned;
            }
            String name = result.replace("this.", "");
            if (arguments.containsKey(name) && !result.startsWith("this.")) {
                return arguments.get(name);
            }
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field.get(instance);
        } catch (InvocationTargetException e) {
            throw new AssertionError(
                    "the method throws at sizes " + data.sizes + ", lifted as " + lifted.equation(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** An array for what nobody looks at. */
    private static Object spare(Class<?> type) {
        Class<?> element = type;
        int brackets = 0;
        while (element.isArray()) {
            element = element.getComponentType();
            brackets++;
        }
        int[] lengths = new int[brackets];
        Arrays.fill(lengths, brackets == 1 ? 2000 : 12);
        return Array.newInstance(element, lengths);
    }

    private static Method method(Class<?> type, String name) {
        Method method = Arrays.stream(type.getDeclaredMethods())
                .filter(m -> m.getName().equals(name))
                .findFirst()
                .orElseThrow();
        method.setAccessible(true);
        return method;
    }

    private Object[] values(Executable executable, Data data, Map<String, Object> into) {
        return Arrays.stream(executable.getParameters())
                .map(p -> {
                    Object value = value(p.getName(), p.getType(), data);
                    value = value == null && p.getType().isArray() ? spare(p.getType()) : value;
                    if (value == null) {
                        throw new AssertionError("no value for the parameter " + p.getName());
                    }
                    into.put(p.getName(), value);
                    return value;
                })
                .toArray();
    }

    /** What a parameter or field of the method holds; null if nothing is known of it. */
    private Object value(String javaName, Class<?> type, Data data) {
        String from = toLayer.getOrDefault(javaName, javaName);
        if (type == int.class) {
            try {
                return (int) evaluate(SizeText.parse(from, layer, verification.place()), data.sizes);
            } catch (Refusal none) {
                return null;
            }
        }
        Ref ref = ref(from);
        if (from.equals("result")) {
            ref = verification.what();
        }
        if (ref == null) {
            return null;
        }
        long[] shape = data.shape(ref);
        boolean zero = from.equals("result");
        Ref tensor = ref;
        if (!type.isArray()) {
            double value = zero ? 0 : data.entry(ref, new long[0]);
            return type == float.class ? (Object) (float) value : (Object) value;
        }
        Object array = null;
        for (int flat = Data.length(shape) - 1; flat >= 0; flat--) {
            long[] index = Data.unflat(shape, flat);
            int[] places = places(lifted.layout(), tensor, index, data.sizes);
            if (array == null) {
                array = allocate(type, places, lengths(tensor, shape, data.sizes));
            }
            double value = zero ? 0 : data.entry(ref, index);
            Object row = array;
            for (int k = 0; k < places.length - 1; k++) {
                row = Array.get(row, places[k]);
            }
            Class<?> component = row.getClass().getComponentType();
            Object entry = component == float.class
                    ? (Object) (float) value
                    : component == int.class ? (Object) (int) value : (Object) value;
            Array.set(row, places[places.length - 1], entry);
        }
        return array;
    }

    private static Object allocate(Class<?> type, int[] largest, int[] lengths) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return Array.newInstance(element, lengths);
    }

    /** The length in each pair of brackets: one more than the largest place. */
    private int[] lengths(Ref ref, long[] shape, Map<String, Long> sizes) {
        int[] lengths = null;
        for (int flat = 0; flat < Data.length(shape); flat++) {
            int[] places = places(lifted.layout(), ref, Data.unflat(shape, flat), sizes);
            lengths = lengths == null ? new int[places.length] : lengths;
            for (int k = 0; k < places.length; k++) {
                lengths[k] = Math.max(lengths[k], places[k] + 1);
            }
        }
        return lengths;
    }

    private Ref ref(String name) {
        if (name.equals("delta")) {
            return Ref.delta(layer.outputs().get(0).name(), layer.outputs().size() == 1);
        }
        if (name.startsWith("delta.")) {
            return Ref.delta(name.substring("delta.".length()), layer.outputs().size() == 1);
        }
        if (name.startsWith("grad ")) {
            return Ref.grad(name.substring("grad ".length()));
        }
        return layer.tensor(name).map(t -> Ref.value(name)).orElse(null);
    }

    private static Object get(Object array, int[] places) {
        Object at = array;
        for (int place : places) {
            at = Array.get(at, place);
        }
        return at;
    }

    // ---- layouts, as they are told: w[d,c,m] is weights[(d*C + c)*K + m]

    private static int[] places(List<String> layout, Ref ref, long[] index, Map<String, Long> sizes) {
        if (index.length == 0) {
            return layout.stream().anyMatch(l -> l.startsWith(ref + "[] is ")) ? new int[] {0} : new int[0];
        }
        String line = layout.stream()
                .filter(l -> l.startsWith(ref + "["))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no layout of " + ref + " among " + layout));
        String[] names =
                line.substring(line.indexOf('[') + 1, line.indexOf(']')).split(",");
        Map<String, Long> values = new HashMap<>(sizes);
        for (int k = 0; k < names.length; k++) {
            values.put(names[k], index[k]);
        }
        String java = line.substring(line.indexOf(" is ") + 4);
        List<Integer> places = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int k = 0; k < java.length(); k++) {
            if (java.charAt(k) == '[' && depth++ == 0) {
                start = k + 1;
            } else if (java.charAt(k) == ']' && --depth == 0) {
                String text = java.substring(start, k).replace(" div ", " / ").replace(" mod ", " % ");
                places.add((int) offset(
                        new JavaParser().parseExpression(text).getResult().orElseThrow(), values));
            }
        }
        return places.stream().mapToInt(Integer::intValue).toArray();
    }

    private static long offset(Expression e, Map<String, Long> values) {
        if (e instanceof EnclosedExpr x) {
            return offset(x.getInner(), values);
        }
        if (e instanceof IntegerLiteralExpr i) {
            return i.asNumber().longValue();
        }
        if (e instanceof NameExpr n) {
            return values.get(n.getNameAsString());
        }
        if (e instanceof BinaryExpr b) {
            long left = offset(b.getLeft(), values);
            long right = offset(b.getRight(), values);
            return switch (b.getOperator()) {
                case PLUS -> left + right;
                case MINUS -> left - right;
                case MULTIPLY -> left * right;
                case DIVIDE -> Math.floorDiv(left, right);
                default -> throw new AssertionError(e);
            };
        }
        throw new AssertionError(e);
    }

    /** What is printed, read as a claim, is the claim. */
    void assertPastesBack(String layerText) {
        String text = layerText.substring(0, layerText.lastIndexOf('}')) + "\n claim " + lifted.equation() + " }";
        Layer again =
                Specs.parse("test.layer", text, Importers.library()).layers().get(0);
        Expr right = again.claims().get(again.claims().size() - 1).right();
        assertThat(dev.adjoint.expr.Printer.print(right))
                .isEqualTo(dev.adjoint.expr.Printer.print(lifted.claim().right()));
    }
}
