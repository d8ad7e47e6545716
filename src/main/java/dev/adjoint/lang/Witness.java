package dev.adjoint.lang;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.Atom;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Looks for small sizes, and a point in the ranges, where an access leaves its tensor. Sizes that the access does not
 * mention are then chosen so that all assumptions hold.
 */
final class Witness {
    /** Points looked at before the search is given up. */
    private static final int BUDGET = 300_000;

    /** Points looked at to choose the sizes that the access does not mention. */
    private static final int EXTENSION_BUDGET = 20_000;

    /** Where it leaves: the index, the extent, and the point in words. */
    record Point(long index, long extent, String indices, String sizes) {}

    private final Obligation o;
    private final List<Range> ranges;
    private final List<Range> others = new ArrayList<>();
    private final Map<Atom, IntExpr> data;
    private final List<String> near = new ArrayList<>();
    private final List<String> far = new ArrayList<>();
    private final List<Constraint> constraints;
    private final List<Cond> conditions;
    private final Map<String, List<Long>> candidates = new LinkedHashMap<>();
    private final Map<String, Long> values = new LinkedHashMap<>();
    private final Map<Atom, Long> drawn = new LinkedHashMap<>();
    private int budget = BUDGET;
    private boolean complete;

    /** Whether an access left its tensor at a point to which no other sizes were found. */
    private boolean impossible;

    Witness(Work work, List<String> sizes, List<Cond> assumptions, Obligation o) {
        this.o = o;
        this.constraints = work.sizes.constraints();
        this.conditions = assumptions;
        DataAtoms atoms = new DataAtoms(work);
        Set<String> mentioned = new LinkedHashSet<>();
        this.ranges = relevant(mentioned);
        atoms.collect(o.index());
        atoms.collect(o.extent());
        ranges.forEach(r -> {
            atoms.collect(r.lo());
            atoms.collect(r.hi());
        });
        this.data = atoms.below();
        data.values().forEach(v -> mentioned.addAll(v.variables()));
        for (String size : sizes) {
            (mentioned.contains(size) ? near : far).add(size);
            candidates.put(size, candidates(size));
        }
    }

    /**
     * The ranges that the access or its guards depend on, in order; the names mentioned are gathered. Of the others
     * only matters that they are not empty.
     */
    private List<Range> relevant(Set<String> mentioned) {
        mentioned.addAll(o.index().variables());
        mentioned.addAll(o.extent().variables());
        for (Cond guard : o.context().facts().guards()) {
            mentioned.addAll(Variables.of(guard));
        }
        List<Range> all = o.context().facts().ranges();
        Set<String> indices = o.context().facts().indices();
        List<Range> relevant = new ArrayList<>();
        for (int k = all.size() - 1; k >= 0; k--) {
            Range range = all.get(k);
            Set<String> bounds = new LinkedHashSet<>(range.lo().variables());
            bounds.addAll(range.hi().variables());
            if (mentioned.contains(range.name()) || bounds.stream().anyMatch(indices::contains)) {
                mentioned.addAll(bounds);
                relevant.add(0, range);
            } else {
                others.add(range);
            }
        }
        return relevant;
    }

    /** Small numbers first, then those near a constant that the size is held against. */
    private List<Long> candidates(String size) {
        Set<Long> values = new LinkedHashSet<>(List.of(1L, 2L, 3L, 4L, 5L));
        TreeSet<Long> others = new TreeSet<>();
        for (Constraint c : constraints) {
            if (c.expr().variables().contains(size) && Math.abs(c.expr().constant()) < 10_000) {
                long constant = Math.abs(c.expr().constant());
                others.add(constant);
                others.add(constant + 1);
            }
        }
        values.addAll(others);
        values.addAll(List.of(6L, 0L, -1L));
        return new ArrayList<>(values);
    }

    Optional<Point> find() {
        int most = candidates.values().stream().mapToInt(List::size).max().orElse(0);
        for (int rank = 0; rank <= Math.max(0, most - 1); rank++) {
            Optional<Point> found = sizes(0, rank, false);
            if (found.isPresent() || budget < 0) {
                return found;
            }
            if (near.isEmpty()) {
                complete = budget >= 0 && data.isEmpty() && !impossible;
                return found;
            }
        }
        return Optional.empty();
    }

    /** Whether the search looked everywhere, so that nothing found means that there is nothing. */
    boolean isComplete() {
        return complete;
    }

    /** All choices of the sizes from {@code k} on with no candidate beyond the rank, and one at it. */
    private Optional<Point> sizes(int k, int rank, boolean reached) {
        if (k == near.size()) {
            return reached || near.isEmpty() ? indices(0) : Optional.empty();
        }
        String size = near.get(k);
        List<Long> choices = candidates.getOrDefault(size, List.of());
        for (int c = 0; c <= Math.min(rank, choices.size() - 1) && budget >= 0; c++) {
            values.put(size, choices.get(c));
            budget--;
            if (allowed(size)) {
                Optional<Point> found = sizes(k + 1, rank, reached || c == rank);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        values.remove(size);
        return Optional.empty();
    }

    /** Whether no constraint that the size completes is violated. */
    private boolean allowed(String last) {
        for (Constraint c : constraints) {
            Set<String> names = c.expr().variables();
            if (names.contains(last) && values.keySet().containsAll(names)) {
                try {
                    long value = evaluate(c.expr());
                    if (c.equality() ? value != 0 : value < 0) {
                        return false;
                    }
                } catch (ArithmeticException undefined) {
                    return false;
                }
            }
        }
        for (Cond c : conditions) {
            if (values.keySet().containsAll(Variables.of(c)) && !possible(c)) {
                return false;
            }
        }
        return true;
    }

    private Optional<Point> indices(int k) {
        if (budget-- < 0) {
            return Optional.empty();
        }
        if (k == ranges.size()) {
            return data(new ArrayList<>(data.keySet()), 0);
        }
        Range range = ranges.get(k);
        long lo;
        long hi;
        try {
            lo = evaluate(range.lo());
            hi = evaluate(range.hi());
        } catch (ArithmeticException | IllegalStateException undefined) {
            return Optional.empty();
        }
        for (long i = lo; i < hi && budget >= 0; i++) {
            // The far end first: that is where an access leaves.
            values.put(range.name(), hi - 1 - (i - lo));
            Optional<Point> found = indices(k + 1);
            if (found.isPresent()) {
                return found;
            }
        }
        values.remove(range.name());
        return Optional.empty();
    }

    private Optional<Point> data(List<Atom> atoms, int k) {
        if (k == atoms.size()) {
            return point();
        }
        long below;
        try {
            below = evaluate(data.getOrDefault(atoms.get(k), IntExpr.ZERO));
        } catch (ArithmeticException undefined) {
            return Optional.empty();
        }
        for (long value : below > 1 ? new long[] {0, below - 1} : new long[] {0}) {
            drawn.put(atoms.get(k), value);
            Optional<Point> found = data(atoms, k + 1);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Point> point() {
        try {
            for (Cond guard : o.context().facts().guards()) {
                if (!possible(guard)) {
                    return Optional.empty();
                }
            }
            long index = evaluate(o.index());
            long extent = evaluate(o.extent());
            boolean leaves = o.isDivisor() ? index < 1 : index < 0 || index >= extent;
            if (!leaves) {
                return Optional.empty();
            }
            if (!extend(0, new int[] {EXTENSION_BUDGET})) {
                impossible = true;
                return Optional.empty();
            }
            return Optional.of(new Point(index, extent, indicesInWords(), sizesInWords()));
        } catch (ArithmeticException undefined) {
            return Optional.empty();
        }
    }

    /** Chooses the sizes that the access does not mention. */
    private boolean extend(int k, int[] left) {
        if (k == far.size()) {
            return others.stream().allMatch(r -> evaluate(r.lo()) < evaluate(r.hi()));
        }
        for (long choice : candidates.getOrDefault(far.get(k), List.of())) {
            if (left[0]-- < 0) {
                break;
            }
            values.put(far.get(k), choice);
            if (allowed(far.get(k)) && extend(k + 1, left)) {
                return true;
            }
        }
        values.remove(far.get(k));
        return false;
    }

    private String indicesInWords() {
        Set<String> used = o.index().variables();
        String indices = ranges.stream()
                .filter(r -> used.contains(r.name()))
                .map(r -> r.name() + " = " + values.get(r.name()))
                .collect(Collectors.joining(", "));
        String entries = drawn.entrySet().stream()
                .map(e -> e.getKey() + " = " + e.getValue())
                .collect(Collectors.joining(", "));
        return indices.isEmpty() || entries.isEmpty() ? indices + entries : indices + ", " + entries;
    }

    private String sizesInWords() {
        return near.stream().map(s -> s + " = " + values.get(s)).collect(Collectors.joining(", "));
    }

    private long evaluate(IntExpr e) {
        return e.evaluate(atom -> {
            Long value = atom instanceof Atom.Var variable ? values.get(variable.name()) : drawn.get(atom);
            if (value == null) {
                throw new ArithmeticException("no value of " + atom);
            }
            return value;
        });
    }

    /** Whether the condition may hold: what compares values may always, whichever way. */
    private boolean possible(Cond c) {
        return Cases.of(List.of(c)).stream()
                .anyMatch(constraints -> constraints.stream().allMatch(this::holds));
    }

    private boolean holds(Constraint c) {
        long value;
        try {
            value = evaluate(c.expr());
        } catch (ArithmeticException unknown) {
            return true;
        }
        return c.equality() ? value == 0 : value >= 0;
    }
}
