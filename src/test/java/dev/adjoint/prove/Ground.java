package dev.adjoint.prove;

import dev.adjoint.derive.Derive;
import dev.adjoint.eval.Evaluator;
import dev.adjoint.eval.Source;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Specs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;

/** A layer whose tensors random formulas are made of, and data for them that are full of zeros and ties. */
final class Ground {
    static final Layer LAYER =
            Specs.parse("ground.layer", """
                    layer Ground[N, K] {
                        assume N >= K
                        input x[N]
                        input z[N, K]
                        param w[K]
                        const c[N]
                        const int t[N] < K
                        function f
                        output y[i < N] = f(x[i])
                        claim y[i] = f(x[i])
                    }
                    """, Importers.library()).layers().get(0);

    static final Meaning MEANING = new Meaning(LAYER, Derive.derive(LAYER));
    static final Map<String, List<IntExpr>> SHAPES = shapes();

    private Ground() {}

    private static Map<String, List<IntExpr>> shapes() {
        Map<String, List<IntExpr>> shapes = new LinkedHashMap<>();
        for (String name : List.of("x", "z", "w", "c")) {
            shapes.put(name, LAYER.tensor(name).orElseThrow().shape());
        }
        return shapes;
    }

    /** All that one proof works with. */
    static Calculus calculus(long budget) {
        Set<String> sizes = new HashSet<>();
        LAYER.sizes().forEach(s -> sizes.add(s.name()));
        Normal.Tensors tensors = new Normal.Tensors() {
            @Override
            public List<IntExpr> shape(Ref ref) {
                return MEANING.shape(ref);
            }

            @Override
            public Optional<Expr> definition(Ref ref, List<IntExpr> index) {
                return Optional.empty();
            }
        };
        return new Calculus(
                sizes,
                LAYER.sizeDomain(),
                tensors,
                name -> LAYER.tensor(name).flatMap(t -> t.limit()),
                new Budget(budget),
                (identity, value) -> value);
    }

    static Domain domain(List<Range> indices) {
        Domain domain = LAYER.sizeDomain();
        for (Range range : indices) {
            domain = domain.and(range);
        }
        return domain;
    }

    /** Sizes, and an entry for every place of every tensor. */
    record Data(
            Map<String, Long> sizes,
            Map<String, long[]> shapes,
            Map<String, double[]> tensors,
            Map<String, long[]> integers)
            implements Source<Double> {
        @Override
        public long[] shape(Ref ref) {
            return Objects.requireNonNull(shapes.get(ref.name()));
        }

        @Override
        public Double read(Ref ref, long[] index) {
            return value(ref.name(), index);
        }

        @Override
        public long entry(String tensor, long[] index) {
            return Objects.requireNonNull(integers.get(tensor))[flat(tensor, index)];
        }

        double value(String tensor, long[] index) {
            return Objects.requireNonNull(tensors.get(tensor))[flat(tensor, index)];
        }

        boolean holds(String tensor, long[] index) {
            long[] shape = Objects.requireNonNull(shapes.get(tensor));
            for (int k = 0; k < index.length; k++) {
                if (index[k] < 0 || index[k] >= shape[k]) {
                    return false;
                }
            }
            return true;
        }

        private int flat(String tensor, long[] index) {
            long[] shape = Objects.requireNonNull(shapes.get(tensor));
            long flat = 0;
            for (int k = 0; k < index.length; k++) {
                flat = flat * shape[k] + index[k];
            }
            return Math.toIntExact(flat);
        }

        /** The value by definition; empty where there is none that a double holds. */
        OptionalDouble value(Expr e, Map<String, Long> indices) {
            try {
                double value = new Evaluator<>(new Reals(), this, sizes).value(e, indices);
                return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
            } catch (ArithmeticException | IndexOutOfBoundsException none) {
                return OptionalDouble.empty();
            }
        }

        /** Whether it has no value because a read leaves its tensor: the language lets no such claim pass. */
        boolean readsOutside(Expr e, Map<String, Long> indices) {
            try {
                new Evaluator<>(new Reals(), this, sizes).value(e, indices);
                return false;
            } catch (ArithmeticException undefined) {
                return false;
            } catch (IndexOutOfBoundsException outside) {
                return true;
            }
        }
    }

    /** 1 ≤ K ≤ N ≤ 4, and small numbers, many of them equal, or in every third case any numbers. */
    static Data draw(Random random) {
        long n = 1 + random.nextInt(4);
        Map<String, Long> sizes = Map.of("N", n, "K", 1 + random.nextLong(n));
        Map<String, long[]> shapes = new LinkedHashMap<>();
        Map<String, double[]> tensors = new LinkedHashMap<>();
        boolean ties = random.nextInt(3) > 0;
        SHAPES.forEach((name, shape) -> {
            long[] extents = shape.stream().mapToLong(e -> integer(e, sizes)).toArray();
            shapes.put(name, extents);
            double[] entries = new double[(int) java.util.Arrays.stream(extents).reduce(1, (a, b) -> a * b)];
            for (int k = 0; k < entries.length; k++) {
                entries[k] = ties ? (random.nextInt(5) - 1) / 2.0 : 3 * random.nextDouble() - 1;
            }
            tensors.put(name, entries);
        });
        long[] t = new long[(int) n];
        for (int k = 0; k < t.length; k++) {
            t[k] = random.nextLong(sizes.get("K"));
        }
        shapes.put("t", new long[] {n});
        return new Data(sizes, shapes, tensors, Map.of("t", t));
    }

    static long integer(IntExpr e, Map<String, Long> point) {
        return e.evaluate(atom -> Objects.requireNonNull(point.get(atom.toString())));
    }

    /** All elements at which a claim with these indices speaks. */
    static List<Map<String, Long>> elements(List<Range> indices, Data data) {
        List<Map<String, Long>> elements = new ArrayList<>(List.of(Map.of()));
        for (Range range : indices) {
            List<Map<String, Long>> more = new ArrayList<>();
            for (Map<String, Long> element : elements) {
                for (long v = integer(range.lo(), data.sizes()); v < integer(range.hi(), data.sizes()); v++) {
                    Map<String, Long> longer = new LinkedHashMap<>(element);
                    longer.put(range.name(), v);
                    more.add(longer);
                }
            }
            elements = more;
        }
        return elements;
    }

    /** Whether two numbers, each the result of a few operations, are equal. */
    static boolean areEqual(double a, double b) {
        return Math.abs(a - b) <= 1e-7 * (1 + Math.abs(a) + Math.abs(b));
    }
}
