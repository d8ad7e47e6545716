package dev.adjoint.prove;

import dev.adjoint.eval.Evaluator;
import dev.adjoint.eval.IntervalField;
import dev.adjoint.eval.SymbolField;
import dev.adjoint.eval.Symbols;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Rel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.numbers.fraction.BigFraction;

/** Samples of which holds what a layer assumes of its data: a few entries of a random one are chosen anew. */
final class Lawful {
    private static final long EFFORT = 100_000;
    /** Entries that one instance of a law may speak of, to be solved for them. */
    private static final int MOST_ENTRIES = 64;

    private final Meaning meaning;
    private final List<ValueLaw> laws;
    private final SymbolField field = new SymbolField(new IntervalField(1));

    Lawful(Meaning meaning) {
        this.meaning = meaning;
        this.laws = ValueLaw.of(meaning.layer());
    }

    /** Whether all that is assumed holds there. */
    boolean holds(Sample sample) {
        return laws.stream().allMatch(law -> elements(law, sample).stream().allMatch(at -> holds(law, at, sample)));
    }

    /** The sample, or one near it that is lawful where such a one is found. */
    Sample of(Sample drawn) {
        Sample sample = drawn;
        for (ValueLaw law : laws) {
            for (Map<String, Long> at : elements(law, sample)) {
                if (!holds(law, at, sample)) {
                    sample = mended(law, at, sample);
                }
            }
        }
        return sample;
    }

    private List<Map<String, Long>> elements(ValueLaw law, Sample sample) {
        return Refuter.elements(law.everywhere(), evaluator(sample, new LinkedHashSet<>()));
    }

    private Evaluator<Symbols> evaluator(Sample sample, Set<Sample.Entry> read) {
        return sample.evaluator(
                field,
                meaning,
                (entry, value) -> {
                    read.add(entry);
                    return field.of(value);
                },
                new Sample.Effort(EFFORT));
    }

    private boolean holds(ValueLaw law, Map<String, Long> at, Sample sample) {
        Optional<BigFraction> gap = gap(law, at, sample);
        if (gap.isPresent()) {
            return gap.get().equals(BigFraction.ZERO);
        }
        try {
            return evaluator(sample, new LinkedHashSet<>()).holds(law.condition(), at);
        } catch (ArithmeticException | IndexOutOfBoundsException | Sample.TooMuch undecided) {
            return false;
        }
    }

    /** {@code left − right} of an equation, exactly; empty if it is none, or is no rational number. */
    private Optional<BigFraction> gap(ValueLaw law, Map<String, Long> at, Sample sample) {
        if (!(law.condition() instanceof Cond.Values v) || v.rel() != Rel.EQ) {
            return Optional.empty();
        }
        try {
            Expr difference = Exprs.sub(v.left(), v.right());
            Map<List<String>, BigFraction> terms = evaluator(sample, new LinkedHashSet<>())
                    .value(difference, at)
                    .terms();
            boolean number = terms.keySet().stream().allMatch(List::isEmpty);
            return number ? Optional.of(terms.getOrDefault(List.of(), BigFraction.ZERO)) : Optional.empty();
        } catch (ArithmeticException | IndexOutOfBoundsException | Sample.TooMuch undecided) {
            return Optional.empty();
        }
    }

    // ---- mended

    private Sample mended(ValueLaw law, Map<String, Long> at, Sample sample) {
        Set<Sample.Entry> read = new LinkedHashSet<>();
        try {
            evaluator(sample, read).holds(law.condition(), at);
        } catch (ArithmeticException | IndexOutOfBoundsException | Sample.TooMuch undecided) {
            // What was read so far is of use.
        }
        List<Sample.Entry> entries = new ArrayList<>(read);
        if (entries.size() > MOST_ENTRIES) {
            return sample;
        }
        return scaled(law, at, sample, entries)
                .or(() -> solved(law, at, sample, entries))
                .or(() -> guessed(law, at, sample, entries))
                .orElse(sample);
    }

    /** Positive numbers stay positive: {@code λ·t} with {@code Σ_k λ·t[k] = 1}. */
    private Optional<Sample> scaled(ValueLaw law, Map<String, Long> at, Sample sample, List<Sample.Entry> entries) {
        boolean positive = entries.stream().allMatch(e -> value(sample, e).compareTo(BigFraction.ZERO) > 0);
        Optional<BigFraction> here = gap(law, at, sample);
        Optional<BigFraction> none = gap(law, at, times(sample, entries, BigFraction.ZERO));
        if (!positive || here.isEmpty() || none.isEmpty() || here.get().equals(none.get())) {
            return Optional.empty();
        }
        BigFraction factor = none.get().negate().divide(here.get().subtract(none.get()));
        return Optional.of(times(sample, entries, factor)).filter(s -> holds(law, at, s));
    }

    private static Sample times(Sample sample, List<Sample.Entry> entries, BigFraction factor) {
        Sample scaled = sample;
        for (Sample.Entry entry : entries) {
            scaled = with(scaled, entry, value(sample, entry).multiply(factor));
        }
        return scaled;
    }

    /** One entry, the last that will do, solved for: {@code t[K−1] = 1 − Σ_{k<K−1} t[k]}. */
    private Optional<Sample> solved(ValueLaw law, Map<String, Long> at, Sample sample, List<Sample.Entry> entries) {
        for (int k = entries.size() - 1; k >= 0; k--) {
            Sample.Entry entry = entries.get(k);
            Optional<BigFraction> zero = gap(law, at, with(sample, entry, BigFraction.ZERO));
            Optional<BigFraction> one = gap(law, at, with(sample, entry, BigFraction.ONE));
            if (zero.isPresent() && one.isPresent() && !zero.get().equals(one.get())) {
                BigFraction value = zero.get().negate().divide(one.get().subtract(zero.get()));
                Sample solved = with(sample, entry, value);
                if (holds(law, at, solved)) {
                    return Optional.of(solved);
                }
            }
        }
        return Optional.empty();
    }

    /** One entry set to a simple number: {@code t[k]^2 = 1}, {@code s > 0}. */
    private Optional<Sample> guessed(ValueLaw law, Map<String, Long> at, Sample sample, List<Sample.Entry> entries) {
        for (int k = entries.size() - 1; k >= 0; k--) {
            Sample.Entry entry = entries.get(k);
            BigFraction turned = value(sample, entry).negate();
            // Labels are drawn as they come: one for what is positive, the other for what is not.
            boolean positive = turned.compareTo(BigFraction.ZERO) < 0;
            List<BigFraction> guesses = positive
                    ? List.of(BigFraction.ONE, turned, BigFraction.of(1, 2), BigFraction.ZERO, BigFraction.of(-1))
                    : List.of(BigFraction.of(-1), BigFraction.ZERO, turned, BigFraction.of(1, 2), BigFraction.ONE);
            for (BigFraction guess : guesses) {
                Sample guessed = with(sample, entry, guess);
                if (holds(law, at, guessed)) {
                    return Optional.of(guessed);
                }
            }
        }
        return Optional.empty();
    }

    private static int place(Sample sample, Sample.Entry entry) {
        long[] index = entry.index().stream().mapToLong(Long::longValue).toArray();
        return Sample.flat(
                index, java.util.Objects.requireNonNull(sample.shapes().get(entry.ref())));
    }

    private static BigFraction value(Sample sample, Sample.Entry entry) {
        return sample.values(entry.ref())[place(sample, entry)];
    }

    private static Sample with(Sample sample, Sample.Entry entry, BigFraction value) {
        return sample.with(entry.ref(), place(sample, entry), value);
    }
}
