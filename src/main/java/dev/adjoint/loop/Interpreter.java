package dev.adjoint.loop;

import dev.adjoint.eval.Field;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * What a plan computes, exactly, in any field: so that a plan can be held against its equation. Every store and load
 * is checked. Serves one thread.
 *
 * @param <V> an element of the field
 */
public final class Interpreter<V> {
    private final Field<V> field;
    private final Map<String, Object[]> reals = new HashMap<>();
    private final Map<String, long[]> integers = new HashMap<>();
    private final Map<String, Long> sizes;
    private Map<String, Object> locals = new HashMap<>();
    private Map<String, Long> ints = new HashMap<>();
    /** Of which lane the value is asked for. */
    private int lane;

    /** How loops that threads may share are cut. */
    private final Random random = new Random(1);

    /**
     * @param extents what axes measure beyond the open sizes: name → formula over these
     * @param open the open sizes, and the number of lanes if there are vectors
     */
    public Interpreter(Field<V> field, Map<String, IntExpr> extents, Map<String, Long> open) {
        this.field = field;
        this.sizes = new HashMap<>(open);
        extents.forEach((name, extent) -> sizes.put(name, extent.evaluate(this::size)));
        this.ints.putAll(sizes);
    }

    private long size(Atom atom) {
        Long value = atom instanceof Atom.Var variable ? sizes.get(variable.name()) : null;
        if (value == null) {
            throw new IllegalStateException("no value of " + atom);
        }
        return value;
    }

    /** Lets a buffer hold these values, without copying them. */
    public void bind(Buffer buffer, Object[] values) {
        reals.put(buffer.name(), values);
    }

    /** Lets an integer buffer hold these values, without copying them. */
    public void bind(Buffer buffer, long[] values) {
        integers.put(buffer.name(), values);
    }

    /** A scratch buffer as the constructor leaves it: zeros. */
    public void allocate(Buffer buffer) {
        int length = Math.toIntExact(integer(buffer.length()));
        if (buffer.integer()) {
            bind(buffer, new long[length]);
        } else {
            Object[] values = new Object[length];
            java.util.Arrays.fill(values, field.of(0));
            bind(buffer, values);
        }
    }

    /** Runs a routine. */
    public void run(Routine routine, List<Long> arguments) {
        Map<String, Object> savedLocals = locals;
        Map<String, Long> savedInts = ints;
        locals = new HashMap<>();
        ints = new HashMap<>(sizes);
        for (int k = 0; k < arguments.size(); k++) {
            ints.put(routine.ints().get(k), arguments.get(k));
        }
        run(routine.body());
        locals = savedLocals;
        ints = savedInts;
    }

    private void run(Step step) {
        if (step instanceof Step.Block block) {
            block.steps().forEach(this::run);
        } else if (step instanceof Step.Loop loop) {
            long hi = integer(loop.hi());
            long by = integer(loop.by());
            for (long k = integer(loop.lo()); k < hi; k += by) {
                ints.put(loop.var(), k);
                run(loop.body());
            }
        } else if (step instanceof Step.If branch) {
            if (holds(branch.test())) {
                run(branch.then());
            } else if (branch.otherwise() != null) {
                run(branch.otherwise());
            }
        } else if (step instanceof Step.Declare d) {
            locals.put(d.name(), scalarOrLanes(d.value()));
        } else if (step instanceof Step.Assign a) {
            locals.put(a.name(), scalarOrLanes(a.value()));
        } else if (step instanceof Step.DeclareMask d) {
            Object[] answers = new Object[lanes()];
            for (lane = 0; lane < answers.length; lane++) {
                answers[lane] = holds(d.test());
            }
            locals.put(d.name(), answers);
        } else if (step instanceof Step.Interleave i) {
            List<Object> values = i.values().stream().map(this::scalarOrLanes).toList();
            for (int k = 0; k < lanes() * values.size(); k++) {
                Object[] part = (Object[]) values.get(k % values.size());
                array(i.buffer())[at(i.at()) + k] = part[k / values.size()];
            }
        } else if (step instanceof Step.DeclareInt d) {
            ints.put(d.name(), integer(d.value()));
        } else if (step instanceof Step.AssignInt a) {
            ints.put(a.name(), integer(a.value()));
        } else if (step instanceof Step.Store s) {
            store(array(s.buffer()), at(s.at()), scalarOrLanes(s.value()));
        } else if (step instanceof Step.StoreInt s) {
            longs(s.buffer())[at(s.at())] = integer(s.value());
        } else if (step instanceof Step.Accumulate a) {
            int at = at(a.at());
            array(a.buffer())[at] = field.add(entry(a.buffer(), at), value(a.value()));
        } else if (step instanceof Step.Copy c) {
            System.arraycopy(array(c.from()), at(c.at()), array(c.to()), at(c.toAt()), at(c.length()));
        } else if (step instanceof Step.Fill f) {
            java.util.Arrays.fill(array(f.buffer()), at(f.from()), at(f.to()), value(f.value()));
        } else if (step instanceof Step.Call call) {
            run(call.routine(), call.ints().stream().map(this::integer).toList());
        } else if (step instanceof Step.Share share) {
            run(share);
        }
    }

    /** In ranges of any length, in any order, each with garbage in what is its own; perhaps the rest one by one. */
    private void run(Step.Share share) {
        long count = integer(share.count());
        Step.Rest rest = share.rest();
        long whole = rest == null || count <= 0 ? count : random.nextInt(Math.toIntExact(count) + 1);
        List<Long> ends = new ArrayList<>(List.of(0L));
        while (ends.get(ends.size() - 1) < whole) {
            long last = ends.get(ends.size() - 1);
            ends.add(last + 1 + random.nextInt(Math.toIntExact(whole - last)) / (1 + random.nextInt(4)));
        }
        List<Integer> parts =
                new ArrayList<>(IntStream.range(1, ends.size()).boxed().toList());
        Collections.shuffle(parts, random);
        for (int part : parts) {
            for (Buffer own : share.own()) {
                Object[] garbage = new Object[array(own).length];
                java.util.Arrays.setAll(garbage, k -> field.of(random.nextInt(1 << 20)));
                bind(own, garbage);
            }
            List<Long> arguments =
                    new ArrayList<>(share.ints().stream().map(this::integer).toList());
            arguments.addAll(List.of(ends.get(part - 1), ends.get(part)));
            run(share.part(), arguments);
        }
        for (long k = whole; rest != null && k < count; k++) {
            ints.put(rest.var(), k);
            run(rest.body());
        }
    }

    private Object scalarOrLanes(Real e) {
        if (!e.isLanes()) {
            return value(e);
        }
        Object[] lanes = new Object[lanes()];
        for (lane = 0; lane < lanes.length; lane++) {
            lanes[lane] = value(e);
        }
        return lanes;
    }

    private int lanes() {
        return at(Lane.COUNT);
    }

    private static void store(Object[] array, int at, Object value) {
        if (value instanceof Object[] lanes) {
            System.arraycopy(lanes, 0, array, at, lanes.length);
        } else {
            array[at] = value;
        }
    }

    private int at(IntExpr e) {
        return Math.toIntExact(integer(e));
    }

    private Object[] array(Buffer buffer) {
        Object[] array = reals.get(buffer.name());
        if (array == null) {
            throw new IllegalStateException("nothing is bound to " + buffer);
        }
        return array;
    }

    private long[] longs(Buffer buffer) {
        long[] array = integers.get(buffer.name());
        if (array == null) {
            throw new IllegalStateException("nothing is bound to " + buffer);
        }
        return array;
    }

    @SuppressWarnings("unchecked")
    private V entry(Buffer buffer, int at) {
        return (V) array(buffer)[at];
    }

    private long integer(IntExpr e) {
        return e.evaluate(this::leaf);
    }

    private long leaf(Atom atom) {
        if (atom instanceof Cell cell) {
            return longs(cell.buffer())[at(cell.at())];
        }
        if (IntExpr.of(atom).equals(Lane.NUMBER)) {
            return lane;
        }
        Long value = atom instanceof Atom.Var variable ? ints.get(variable.name()) : null;
        if (value == null) {
            throw new IllegalStateException("no value of " + atom);
        }
        return value;
    }

    @SuppressWarnings("unchecked")
    private V value(Real e) {
        if (e instanceof Real.Literal literal) {
            return field.of(literal.value());
        }
        if (e instanceof Real.Special special) {
            return special == Real.Special.PI ? field.pi() : field.infinity(special == Real.Special.INFINITY);
        }
        if (e instanceof Real.OfInt i) {
            return field.of(integer(i.value()));
        }
        if (e instanceof Real.Local local) {
            Object value = locals.get(local.name());
            if (value == null) {
                throw new IllegalStateException("no value of " + local.name());
            }
            return (V) (value instanceof Object[] lanes ? lanes[lane] : value);
        }
        if (e instanceof Real.Load load) {
            return entry(load.buffer(), at(load.at()));
        }
        if (e instanceof Real.Lanes lanes) {
            int number = lanes.braided() ? lane % 2 * (lanes() / 2) + lane / 2 : lane;
            return entry(lanes.buffer(), at(lanes.at()) + number * lanes.stride());
        }
        if (e instanceof Real.Unbraided braid) {
            int place = lane;
            lane = 2 * place < lanes() ? 2 * place : 2 * place - lanes() + 1;
            V value = value(braid.lanes());
            lane = place;
            return value;
        }
        if (e instanceof Real.Spread spread) {
            return value(spread.value());
        }
        if (e instanceof Real.SumOfLanes sum) {
            V total = field.of(0);
            for (lane = 0; lane < lanes(); lane++) {
                total = field.add(total, value(sum.lanes()));
            }
            return total;
        }
        if (e instanceof Real.ExtremumOfLanes extremum) {
            lane = 0;
            V best = value(extremum.lanes());
            for (lane = 1; lane < lanes(); lane++) {
                best = binary(extremum.max() ? Real.Op.MAX : Real.Op.MIN, best, value(extremum.lanes()));
            }
            return best;
        }
        if (e instanceof Real.Binary b) {
            return binary(b.op(), value(b.left()), value(b.right()));
        }
        if (e instanceof Real.Negate n) {
            return field.negate(value(n.arg()));
        }
        if (e instanceof Real.Fma fma) {
            return field.add(field.multiply(value(fma.a()), value(fma.b())), value(fma.c()));
        }
        if (e instanceof Real.Call call) {
            return field.apply(call.fun(), value(call.arg()));
        }
        if (e instanceof Real.Power power) {
            return field.power(value(power.base()), value(power.exponent()));
        }
        if (e instanceof Real.Either either) {
            V then = value(either.then());
            V otherwise = value(either.otherwise());
            return holds(either.test()) ? then : otherwise;
        }
        Real.Choose choose = (Real.Choose) e;
        return value(holds(choose.test()) ? choose.then() : choose.otherwise());
    }

    private V binary(Real.Op op, V left, V right) {
        return switch (op) {
            case ADD -> field.add(left, right);
            case SUB -> field.add(left, field.negate(right));
            case MUL -> field.multiply(left, right);
            case DIV -> field.multiply(left, field.invert(right));
            case MAX, MIN -> {
                if (field.isNaN(left) || field.isNaN(right)) {
                    yield field.isNaN(left) ? left : right;
                }
                int sign = field.compare(left, right);
                if (sign == 0) {
                    yield field.multiply(field.of(BigFraction.of(1, 2)), field.add(left, right));
                }
                yield sign > 0 == (op == Real.Op.MAX) ? left : right;
            }
        };
    }

    private boolean holds(Test test) {
        if (test instanceof Test.Ints i) {
            return i.rel().holds(Long.compare(integer(i.left()), integer(i.right())));
        }
        if (test instanceof Test.Reals r) {
            V left = value(r.left());
            V right = value(r.right());
            if (field.isNaN(left) || field.isNaN(right)) {
                return r.rel() == Rel.NE;
            }
            return r.rel().holds(field.compare(left, right));
        }
        if (test instanceof Test.Finite f) {
            return IntStream.range(0, array(f.buffer()).length).noneMatch(k -> field.isNaN(entry(f.buffer(), k)));
        }
        if (test instanceof Test.Moderate m) {
            return holds(new Test.Finite(m.buffer()));
        }
        if (test instanceof Test.Mask mask) {
            return (boolean) ((Object[]) java.util.Objects.requireNonNull(locals.get(mask.name())))[lane];
        }
        if (test instanceof Test.AnyLane any) {
            return holdsInAnyLane(any.part());
        }
        if (test instanceof Test.All all) {
            return all.parts().stream().allMatch(this::holds);
        }
        if (test instanceof Test.Any any) {
            return any.parts().stream().anyMatch(this::holds);
        }
        return !holds(((Test.Not) test).part());
    }

    private boolean holdsInAnyLane(Test part) {
        boolean any = false;
        for (lane = 0; lane < lanes(); lane++) {
            any |= holds(part);
        }
        lane = 0;
        return any;
    }
}
