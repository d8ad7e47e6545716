package dev.adjoint.prove;

import dev.adjoint.eval.Evaluator;
import dev.adjoint.eval.Field;
import dev.adjoint.eval.Source;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * Sizes, and what every given tensor and every upstream error holds at these sizes.
 *
 * @param tensors row-major
 * @param integers the integer tensors, row-major
 */
record Sample(
        Map<String, Long> sizes,
        Map<Ref, long[]> shapes,
        Map<Ref, BigFraction[]> tensors,
        Map<String, long[]> integers) {

    Sample {
        tensors = new LinkedHashMap<>(tensors);
    }

    /** What a tensor holds. */
    BigFraction[] values(Ref ref) {
        return java.util.Objects.requireNonNull(tensors.get(ref));
    }

    /** How many entries all tensors have. */
    int entries() {
        return tensors.values().stream().mapToInt(v -> v.length).sum();
    }

    /** With one entry replaced. */
    Sample with(Ref ref, int place, BigFraction value) {
        Map<Ref, BigFraction[]> changed = new LinkedHashMap<>(tensors);
        BigFraction[] values = values(ref).clone();
        values[place] = value;
        changed.put(ref, values);
        return new Sample(sizes, shapes, changed, integers);
    }

    static int flat(long[] index, long[] shape) {
        long flat = 0;
        for (int k = 0; k < index.length; k++) {
            flat = flat * shape[k] + index[k];
        }
        return Math.toIntExact(flat);
    }

    /** How many entries may be read, and terms added, in one evaluation. */
    static final class Effort {
        private long left;

        Effort(long left) {
            this.left = left;
        }

        void spend() {
            if (--left < 0) {
                throw new TooMuch();
            }
        }
    }

    /** An evaluation takes longer than it is worth. */
    static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooMuch() {
            super("too many entries to evaluate", null, false, false);
        }
    }

    /** Evaluates expressions at this point; intermediates by their definitions, once each. */
    <V> Evaluator<V> evaluator(
            Field<V> field, Meaning meaning, BiFunction<Entry, BigFraction, V> entry, Effort effort) {
        return new Evaluator<>(field, new Given<>(field, meaning, entry, effort), sizes);
    }

    /** The entry of a tensor, for those that give it a name. */
    record Entry(Ref ref, List<Long> index) {}

    private final class Given<V> implements Source<V> {
        private final Meaning meaning;
        private final BiFunction<Entry, BigFraction, V> entry;
        private final Effort effort;
        private final Evaluator<V> evaluator;
        private final Map<Entry, V> known = new HashMap<>();

        Given(Field<V> field, Meaning meaning, BiFunction<Entry, BigFraction, V> entry, Effort effort) {
            this.meaning = meaning;
            this.entry = entry;
            this.effort = effort;
            this.evaluator = new Evaluator<>(field, this, sizes);
        }

        @Override
        public long[] shape(Ref ref) {
            long[] shape = shapes.get(ref);
            return shape != null ? shape : java.util.Objects.requireNonNull(shapes.get(Ref.value(ref.name())));
        }

        @Override
        public V read(Ref ref, long[] index) {
            effort.spend();
            BigFraction[] values = tensors.get(ref);
            Entry at = new Entry(ref, Arrays.stream(index).boxed().toList());
            if (values != null) {
                return entry.apply(at, values[flat(index, shape(ref))]);
            }
            V value = known.get(at);
            if (value == null) {
                List<IntExpr> places =
                        Arrays.stream(index).mapToObj(IntExpr::of).toList();
                Optional<Expr> definition = meaning.definition(ref, places);
                value = evaluator.value(definition.orElseThrow(), Map.of());
                known.put(at, value);
            }
            return value;
        }

        @Override
        public void turn() {
            effort.spend();
        }

        @Override
        public long entry(String tensor, long[] index) {
            return java.util.Objects.requireNonNull(integers.get(tensor))[flat(index, shape(Ref.value(tensor)))];
        }
    }
}
