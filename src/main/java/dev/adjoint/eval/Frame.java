package dev.adjoint.eval;

import dev.adjoint.expr.Ref;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Sizes and data to evaluate {@linkplain Compiled compiled} expressions at. Serves one thread. */
public final class Frame {
    /** The entries of one tensor, row-major; those that are computed are computed when they are read. */
    static final class Table {
        final long[] shape;
        final double[] values;
        final boolean[] known;

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

    private final Map<String, Integer> slots;
    private final Map<String, Long> sizes;
    final Function<Ref, long[]> shapes;
    private final Map<Ref, double[]> given;
    final Map<String, long[]> integers;
    private Table[] tables = new Table[8];
    long[] ints = new long[32];
    private long effort;

    Frame(
            Map<String, Integer> slots,
            Map<String, Long> sizes,
            Function<Ref, long[]> shapes,
            Map<Ref, double[]> given,
            Map<String, long[]> integers) {
        this.slots = slots;
        this.sizes = Map.copyOf(sizes);
        this.shapes = shapes;
        this.given = Map.copyOf(given);
        this.integers = Map.copyOf(integers);
    }

    private int slot(String name) {
        return slots.computeIfAbsent(name, n -> slots.size());
    }

    private void set(Map<String, Long> indices) {
        sizes.keySet().forEach(this::slot);
        indices.keySet().forEach(this::slot);
        ints = new long[slots.size() + 8];
        sizes.forEach((name, value) -> ints[slot(name)] = value);
        indices.forEach((name, value) -> ints[slot(name)] = value);
    }

    Table table(Ref ref, int id) {
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

    void spend() {
        if (--effort < 0) {
            throw Code.TOO_MUCH;
        }
    }

    /**
     * The value at an element.
     *
     * @param effort how many entries may be read
     * @throws Code.NoValue if there is none there, or it takes more effort
     */
    public double value(Code.Real real, Map<String, Long> element, long effort) {
        set(element);
        this.effort = effort;
        return real.at(this);
    }

    /** The sizes, by name. */
    public Map<String, Long> sizes() {
        return sizes;
    }

    /** How much of the effort the last evaluation left. */
    public long left() {
        return effort;
    }
}
