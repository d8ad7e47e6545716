package dev.adjoint.eval;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Monomial;
import dev.adjoint.index.Range;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Expressions made into closures over doubles: for evaluating thousands of expressions that are nearly alike, at the same
 * few points. The values are those that {@link Evaluator} has in {@link DoubleField}; parts that expressions share are
 * compiled once. An expression may have one {@linkplain #HOLE hole}, which is filled when it is evaluated. Serves one
 * thread.
 */
public final class Compiled {
    /** The name of what a hole is: a tensor without axes among values, a variable among integers. */
    public static final String HOLE = "?";

    /** A value, given where one is. */
    public abstract static class Real {
        abstract double at(Frame f);

        /** Whether where it is 0, it is a strong zero. */
        boolean isStrong() {
            return false;
        }
    }

    /** An integer, given where one is. */
    public abstract static class Int {
        abstract long at(Frame f);
    }

    /** A condition, given where one is. */
    public abstract static class Test {
        abstract boolean at(Frame f);
    }

    /** There is no value, or it takes too long to find it. */
    public static final class NoValue extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoValue(String why) {
            super(why, null, false, false);
        }
    }

    private static final NoValue OUTSIDE = new NoValue("a read leaves its tensor");
    private static final NoValue TOO_MUCH = new NoValue("the evaluation takes too long");
    private static final NoValue TOO_LARGE = new NoValue("an exponent is too large");

    /** What entries are computed from. */
    public interface Definitions {
        /** The formula of an entry; empty if it is given. */
        Optional<Expr> of(Ref ref, List<IntExpr> index);
    }

    /** The entries of one tensor, row-major; those that are computed are computed when they are read. */
    private static final class Table {
        private final long[] shape;
        private final double[] values;
        private final boolean[] known;

        Table(long[] shape, Optional<double[]> given) {
            this.shape = shape;
            int length = 1;
            for (long n : shape) {
                length = Math.toIntExact(length * n);
            }
            int entries = length;
            this.values = given.orElseGet(() -> new double[entries]);
            this.known = new boolean[length];
            Arrays.fill(known, given.isPresent());
        }
    }

    /** Sizes and data to evaluate at. */
    public final class Frame {
        private final Map<String, Long> sizes;
        private final Function<Ref, long[]> shapes;
        private final Map<Ref, double[]> given;
        private final Map<String, long[]> integers;
        private Table[] tables = new Table[8];
        private long[] ints = new long[32];
        private long effort;

        private Frame(
                Map<String, Long> sizes,
                Function<Ref, long[]> shapes,
                Map<Ref, double[]> given,
                Map<String, long[]> integers) {
            this.sizes = Map.copyOf(sizes);
            this.shapes = shapes;
            this.given = Map.copyOf(given);
            this.integers = Map.copyOf(integers);
        }

        private void set(Map<String, Long> indices) {
            ints = new long[slots.size() + 8];
            sizes.forEach((name, value) -> ints[slot(name)] = value);
            indices.forEach((name, value) -> {
                int slot = slot(name);
                if (slot >= ints.length) {
                    ints = Arrays.copyOf(ints, slot + 8);
                }
                ints[slot] = value;
            });
            if (ints.length < slots.size()) {
                ints = Arrays.copyOf(ints, slots.size());
            }
        }

        private Table table(Ref ref, int id) {
            if (id >= tables.length) {
                tables = Arrays.copyOf(tables, 2 * id);
            }
            Table table = tables[id];
            if (table == null) {
                table = new Table(shapes.apply(ref), Optional.ofNullable(given.get(ref)));
                tables[id] = table;
            }
            return table;
        }

        private void spend() {
            if (--effort < 0) {
                throw TOO_MUCH;
            }
        }

        /**
         * The value at an element.
         *
         * @param effort how many entries may be read
         * @throws NoValue if there is none there, or it takes more effort
         */
        public double value(Real real, Map<String, Long> element, long effort) {
            set(element);
            this.effort = effort;
            return real.at(this);
        }

        public Map<String, Long> sizes() {
            return sizes;
        }

        /** How much of the effort the last evaluation left. */
        public long left() {
            return effort;
        }
    }

    private final DoubleField field;
    private final Definitions formulas;
    private final Map<String, Integer> slots = new HashMap<>();
    private final Map<Ref, Integer> ids = new HashMap<>();
    private final Map<Expr, Real> reals = new IdentityHashMap<>();
    private final Map<IntExpr, Int> integers = new IdentityHashMap<>();
    private final Map<Ref, Optional<Definition>> definitions = new HashMap<>();
    private @Nullable Real valueHole;
    private @Nullable Int integerHole;

    private record Definition(int[] slots, Real real) {}

    /** @param field what functions are */
    public Compiled(DoubleField field, Definitions formulas) {
        this.field = field;
        this.formulas = formulas;
    }

    /** A place to evaluate at; tensors that are not given are computed from their definitions. */
    public Frame frame(
            Map<String, Long> sizes,
            Function<Ref, long[]> shapes,
            Map<Ref, double[]> given,
            Map<String, long[]> integerTensors) {
        return new Frame(sizes, shapes, given, integerTensors);
    }

    /** From now on, the hole among values is this. */
    public void fill(Real hole) {
        valueHole = hole;
    }

    /** From now on, the hole among integers is this. */
    public void fill(Int hole) {
        integerHole = hole;
    }

    private int slot(String name) {
        Integer slot = slots.get(name);
        if (slot == null) {
            slot = slots.size();
            slots.put(name, slot);
        }
        return slot;
    }

    private int id(Ref ref) {
        Integer id = ids.get(ref);
        if (id == null) {
            id = ids.size();
            ids.put(ref, id);
        }
        return id;
    }

    // ---- values

    /**
     * The value of an expression.
     *
     * @throws IllegalArgumentException if it holds a derivative
     */
    public Real real(Expr e) {
        Real known = reals.get(e);
        if (known == null) {
            known = compile(e);
            reals.put(e, known);
        }
        return known;
    }

    private List<Real> reals(List<Expr> all) {
        return all.stream().map(this::real).toList();
    }

    private interface Body {
        double at(Frame f);
    }

    private static Real plain(Body body) {
        return new Real() {
            @Override
            double at(Frame f) {
                return body.at(f);
            }
        };
    }

    private Real compile(Expr e) {
        if (e instanceof Expr.Num n) {
            double value = n.value().doubleValue();
            return plain(f -> value);
        }
        if (e instanceof Expr.Pi) {
            return plain(f -> Math.PI);
        }
        if (e instanceof Expr.Inf) {
            return plain(f -> Double.POSITIVE_INFINITY);
        }
        if (e instanceof Expr.IntValue v) {
            Int value = integer(v.value());
            return plain(f -> value.at(f));
        }
        if (e instanceof Expr.Read r) {
            return read(r);
        }
        if (e instanceof Expr.Add a) {
            Real[] terms = reals(a.terms()).toArray(new Real[0]);
            return plain(f -> {
                double sum = 0;
                for (Real term : terms) {
                    sum += term.at(f);
                }
                return sum;
            });
        }
        if (e instanceof Expr.Mul m) {
            return product(m.factors());
        }
        if (e instanceof Expr.Pow p) {
            return power(p);
        }
        if (e instanceof Expr.Apply a) {
            Real arg = real(a.arg());
            Fun fun = a.fun();
            return plain(f -> field.apply(fun, arg.at(f)));
        }
        if (e instanceof Expr.Extremum x) {
            Real left = real(x.left());
            Real right = real(x.right());
            boolean max = x.max();
            return plain(f -> {
                double a = left.at(f);
                double b = right.at(f);
                return Double.isNaN(a) ? a : Double.isNaN(b) ? b : a > b == max ? a : b;
            });
        }
        if (e instanceof Expr.Reduce r) {
            return reduce(r);
        }
        if (e instanceof Expr.Iverson i) {
            Test test = test(i.cond());
            return new Real() {
                @Override
                double at(Frame f) {
                    return test.at(f) ? 1 : 0;
                }

                @Override
                boolean isStrong() {
                    return true;
                }
            };
        }
        if (e instanceof Expr.Select s) {
            Test test = test(s.cond());
            Real then = real(s.then());
            Real otherwise = real(s.otherwise());
            return plain(f -> (test.at(f) ? then : otherwise).at(f));
        }
        if (e instanceof Expr.Stop s) {
            return real(s.arg());
        }
        throw new IllegalArgumentException("derivatives are not compiled, but their formulas: " + e);
    }

    /** Strong factors first: where one is 0, the others are not looked at. */
    private Real product(List<Expr> factors) {
        Real[] all = reals(factors).toArray(new Real[0]);
        boolean strong = Arrays.stream(all).anyMatch(Real::isStrong);
        return new Real() {
            @Override
            double at(Frame f) {
                double product = 1;
                for (Real factor : all) {
                    if (factor.isStrong()) {
                        product *= factor.at(f);
                        if (product == 0) {
                            return 0;
                        }
                    }
                }
                for (Real factor : all) {
                    if (!factor.isStrong()) {
                        product *= factor.at(f);
                    }
                }
                return product;
            }

            @Override
            boolean isStrong() {
                return strong;
            }
        };
    }

    private Real power(Expr.Pow p) {
        Real base = real(p.base());
        if (p.exponent() instanceof Expr.IntValue n) {
            Int exponent = integer(n.value());
            return plain(f -> raised(base.at(f), exponent.at(f)));
        }
        if (p.exponent() instanceof Expr.Num n
                && n.value().getDenominator().bitLength() == 1
                && n.value().getNumerator().bitLength() < 31) {
            long exponent = n.value().getNumerator().longValueExact();
            return plain(f -> raised(base.at(f), exponent));
        }
        Real exponent = real(p.exponent());
        return plain(f -> Math.pow(base.at(f), exponent.at(f)));
    }

    private static double raised(double base, long exponent) {
        if (Math.abs(exponent) >= 1 << 20) {
            throw TOO_LARGE;
        }
        return Math.pow(base, exponent);
    }

    private Real read(Expr.Read r) {
        if (r.ref().name().equals(HOLE)) {
            return new Real() {
                @Override
                double at(Frame f) {
                    return java.util.Objects.requireNonNull(valueHole).at(f);
                }

                @Override
                boolean isStrong() {
                    return valueHole != null && valueHole.isStrong();
                }
            };
        }
        int id = id(r.ref());
        Int[] index = r.index().stream().map(this::integer).toArray(Int[]::new);
        Real pad = r.pad() == null ? null : real(r.pad());
        Ref ref = r.ref();
        return plain(f -> {
            Table table = f.table(ref, id);
            f.spend();
            if (table.shape.length != index.length) {
                throw OUTSIDE;
            }
            long flat = 0;
            boolean inside = true;
            for (int k = 0; k < index.length; k++) {
                long i = index[k].at(f);
                inside &= i >= 0 && i < table.shape[k];
                flat = flat * table.shape[k] + i;
            }
            if (!inside) {
                if (pad == null) {
                    throw OUTSIDE;
                }
                return pad.at(f);
            }
            return table.known[(int) flat] ? table.values[(int) flat] : entry(f, ref, table, (int) flat);
        });
    }

    private double entry(Frame f, Ref ref, Table table, int flat) {
        Definition definition = definition(ref, table.shape.length)
                .orElseThrow(() -> new NoValue(ref + " is neither given nor computed"));
        if (f.ints.length < slots.size()) {
            f.ints = Arrays.copyOf(f.ints, slots.size() + 8);
        }
        long rest = flat;
        long[] saved = new long[definition.slots.length];
        for (int k = definition.slots.length - 1; k >= 0; k--) {
            saved[k] = f.ints[definition.slots[k]];
            f.ints[definition.slots[k]] = rest % table.shape[k];
            rest /= table.shape[k];
        }
        double value = definition.real.at(f);
        for (int k = 0; k < saved.length; k++) {
            f.ints[definition.slots[k]] = saved[k];
        }
        table.values[flat] = value;
        table.known[flat] = true;
        return value;
    }

    private Optional<Definition> definition(Ref ref, int rank) {
        Optional<Definition> known = definitions.get(ref);
        if (known == null) {
            List<IntExpr> index = new java.util.ArrayList<>();
            int[] at = new int[rank];
            for (int k = 0; k < rank; k++) {
                String name = "?" + ref + k;
                index.add(IntExpr.var(name));
                at[k] = slot(name);
            }
            known = formulas.of(ref, index).map(e -> new Definition(at, real(e)));
            definitions.put(ref, known);
        }
        return known;
    }

    private Real reduce(Expr.Reduce r) {
        Real body = real(r.body());
        Expr.Reduce.Kind kind = r.kind();
        Loop loop = new Loop(r.ranges());
        return plain(f -> {
            double[] result = {
                switch (kind) {
                    case SUM -> 0;
                    case PROD -> 1;
                    case MAX -> Double.NEGATIVE_INFINITY;
                    case MIN -> Double.POSITIVE_INFINITY;
                }
            };
            loop.run(f, 0, () -> {
                double value = body.at(f);
                result[0] = switch (kind) {
                    case SUM -> result[0] + value;
                    case PROD -> result[0] * value;
                    case MAX -> better(true, value, result[0]) ? value : result[0];
                    case MIN -> better(false, value, result[0]) ? value : result[0];
                };
            });
            return result[0];
        });
    }

    private static boolean better(boolean max, double value, double best) {
        return !Double.isNaN(best) && (Double.isNaN(value) || (max ? value > best : value < best));
    }

    private final class Loop {
        private final int[] slot;
        private final Int[] lo;
        private final Int[] hi;

        Loop(List<Range> ranges) {
            slot = ranges.stream().mapToInt(r -> slot(r.name())).toArray();
            lo = ranges.stream().map(r -> integer(r.lo())).toArray(Int[]::new);
            hi = ranges.stream().map(r -> integer(r.hi())).toArray(Int[]::new);
        }

        void run(Frame f, int depth, Runnable body) {
            if (depth == slot.length) {
                f.spend();
                body.run();
                return;
            }
            int at = slot[depth];
            long end = hi[depth].at(f);
            long saved = f.ints[at];
            for (long k = lo[depth].at(f); k < end; k++) {
                f.ints[at] = k;
                run(f, depth + 1, body);
            }
            f.ints[at] = saved;
        }
    }

    // ---- conditions

    private Test test(Cond c) {
        if (c instanceof Cond.Constant constant) {
            boolean value = constant.value();
            return check(f -> value);
        }
        if (c instanceof Cond.Ints i) {
            Int left = integer(i.left());
            Int right = integer(i.right());
            Rel rel = i.rel();
            return check(f -> rel.holds(Long.compare(left.at(f), right.at(f))));
        }
        if (c instanceof Cond.Values v) {
            Real left = real(v.left());
            Real right = real(v.right());
            Rel rel = v.rel();
            return check(f -> {
                double a = left.at(f);
                double b = right.at(f);
                return Double.isNaN(a) || Double.isNaN(b)
                        ? rel == Rel.NE
                        : rel.holds(a == b ? 0 : Double.compare(a, b));
            });
        }
        if (c instanceof Cond.And a) {
            Test[] parts = a.parts().stream().map(this::test).toArray(Test[]::new);
            return check(f -> {
                for (Test part : parts) {
                    if (!part.at(f)) {
                        return false;
                    }
                }
                return true;
            });
        }
        if (c instanceof Cond.Or o) {
            Test[] parts = o.parts().stream().map(this::test).toArray(Test[]::new);
            return check(f -> {
                for (Test part : parts) {
                    if (part.at(f)) {
                        return true;
                    }
                }
                return false;
            });
        }
        Test part = test(((Cond.Not) c).part());
        return check(f -> !part.at(f));
    }

    private interface Check {
        boolean at(Frame f);
    }

    private static Test check(Check check) {
        return new Test() {
            @Override
            boolean at(Frame f) {
                return check.at(f);
            }
        };
    }

    // ---- integers

    /** An integer. */
    public Int integer(IntExpr e) {
        Int known = integers.get(e);
        if (known == null) {
            known = compile(e);
            integers.put(e, known);
        }
        return known;
    }

    /** 1 where a condition holds, 0 elsewhere. */
    public Int indicator(Cond c) {
        Test test = test(c);
        return whole(f -> test.at(f) ? 1 : 0);
    }

    private interface Whole {
        long at(Frame f);
    }

    private static Int whole(Whole body) {
        return new Int() {
            @Override
            long at(Frame f) {
                return body.at(f);
            }
        };
    }

    private Int compile(IntExpr e) {
        Optional<String> variable = e.asVariable();
        if (variable.isPresent() && !variable.get().equals(HOLE)) {
            int slot = slot(variable.get());
            return whole(f -> f.ints[slot]);
        }
        long[] coefficients = new long[e.terms().size()];
        Int[][] factors = new Int[coefficients.length][];
        int k = 0;
        for (Map.Entry<Monomial, Long> term : e.terms().entrySet()) {
            coefficients[k] = term.getValue();
            factors[k++] = term.getKey().factors().stream().map(this::atom).toArray(Int[]::new);
        }
        return whole(f -> {
            long sum = 0;
            for (int t = 0; t < coefficients.length; t++) {
                long product = coefficients[t];
                for (Int factor : factors[t]) {
                    product *= factor.at(f);
                }
                sum += product;
            }
            return sum;
        });
    }

    private Int atom(Atom atom) {
        if (atom instanceof Atom.Var v) {
            if (v.name().equals(HOLE)) {
                return whole(f -> java.util.Objects.requireNonNull(integerHole).at(f));
            }
            int slot = slot(v.name());
            return whole(f -> f.ints[slot]);
        }
        if (atom instanceof Atom.FloorDiv q) {
            Int num = integer(q.num());
            Int den = integer(q.den());
            return whole(f -> Math.floorDiv(num.at(f), positive(den.at(f))));
        }
        if (atom instanceof Atom.Mod m) {
            Int num = integer(m.num());
            Int den = integer(m.den());
            return whole(f -> Math.floorMod(num.at(f), positive(den.at(f))));
        }
        if (atom instanceof Atom.Abs a) {
            Int arg = integer(a.arg());
            return whole(f -> Math.abs(arg.at(f)));
        }
        if (atom instanceof Atom.Extremum x) {
            Int left = integer(x.left());
            Int right = integer(x.right());
            boolean max = x.max();
            return whole(f -> max ? Math.max(left.at(f), right.at(f)) : Math.min(left.at(f), right.at(f)));
        }
        if (atom instanceof Position.Entry entry) {
            Int[] index = entry.index().stream().map(this::integer).toArray(Int[]::new);
            Ref ref = Ref.value(entry.tensor());
            return whole(f -> {
                f.spend();
                long[] shape = f.shapes.apply(ref);
                long flat = 0;
                for (int k = 0; k < index.length; k++) {
                    long i = index[k].at(f);
                    if (i < 0 || i >= shape[k]) {
                        throw OUTSIDE;
                    }
                    flat = flat * shape[k] + i;
                }
                return java.util.Objects.requireNonNull(f.integers.get(entry.tensor()))[(int) flat];
            });
        }
        return argument((Position.Arg) atom);
    }

    private static long positive(long divisor) {
        if (divisor <= 0) {
            throw OUTSIDE;
        }
        return divisor;
    }

    private Int argument(Position.Arg arg) {
        Loop loop = new Loop(arg.ranges());
        Real body = real(arg.body());
        boolean max = arg.max();
        return whole(f -> {
            double[] best = {Double.NaN};
            long[] position = {0, 0};
            loop.run(f, 0, () -> {
                double value = body.at(f);
                if (position[1] == 0 || better(max, value, best[0])) {
                    best[0] = value;
                    position[0] = position[1];
                }
                position[1]++;
            });
            return position[0];
        });
    }
}
