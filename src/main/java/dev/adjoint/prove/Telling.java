package dev.adjoint.prove;

import dev.adjoint.eval.Evaluator;
import dev.adjoint.eval.Interval;
import dev.adjoint.eval.IntervalField;
import dev.adjoint.eval.SymbolField;
import dev.adjoint.eval.Symbols;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Ref;
import dev.adjoint.lang.Claim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.numbers.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/** A failure of a claim as it is told: sizes, entries, both values, and the terms that are missing or extra. */
final class Telling {
    /** Reads at one element. */
    private static final long CAREFUL = 300_000;

    private final Meaning meaning;
    private final IntervalField field;

    Telling(Meaning meaning, IntervalField field) {
        this.meaning = meaning;
        this.field = field;
    }

    Counterexample of(Claim claim, Refuter.Sides sides, Refuter.Failure failure) {
        Sample sample = failure.sample();
        Map<String, List<String>> tensors = new LinkedHashMap<>();
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        sample.tensors().forEach((ref, values) -> {
            tensors.put(
                    ref.toString(),
                    java.util.Arrays.stream(values).map(SymbolField::number).toList());
            shapes.put(
                    ref.toString(),
                    java.util.Arrays.stream(sample.shapes().get(ref)).boxed().toList());
        });
        sample.integers().forEach((name, values) -> {
            tensors.put(
                    name,
                    java.util.Arrays.stream(values).mapToObj(Long::toString).toList());
            shapes.put(
                    name,
                    java.util.Arrays.stream(sample.shapes().get(Ref.value(name)))
                            .boxed()
                            .toList());
        });
        Symbols derived = symbols(sides.left(), failure);
        Symbols claimed = symbols(sides.right(), failure);
        List<String> missing = new ArrayList<>();
        List<String> extra = new ArrayList<>();
        if (derived != null && claimed != null) {
            Map<List<String>, BigFraction> gap = new LinkedHashMap<>();
            derived.terms().forEach((p, c) -> gap.merge(p, c, BigFraction::add));
            claimed.terms().forEach((p, c) -> gap.merge(p, c.negate(), BigFraction::add));
            gap.forEach((product, c) -> {
                BigFraction wanted = derived.terms().get(product);
                BigFraction given = claimed.terms().get(product);
                if (c.equals(BigFraction.ZERO)) {
                    return;
                }
                if (wanted != null) {
                    missing.add(SymbolField.term(product, wanted));
                }
                if (given != null) {
                    extra.add(SymbolField.term(product, given));
                }
            });
        }
        return new Counterexample(
                sample.sizes(),
                tensors,
                shapes,
                failure.element(),
                value(meaning.byDefinition(claim.left(), claim.indices()), failure),
                value(sides.right(), failure),
                missing,
                extra);
    }

    private @Nullable Symbols symbols(Expr side, Refuter.Failure failure) {
        try {
            return failure.sample()
                    .evaluator(
                            new SymbolField(field),
                            meaning,
                            (entry, value) -> Symbols.named(
                                    entry.ref()
                                            + (entry.index().isEmpty()
                                                    ? ""
                                                    : entry.index().toString().replace(" ", "")),
                                    field.of(value)),
                            new Sample.Effort(CAREFUL))
                    .value(side, failure.element());
        } catch (ArithmeticException | IndexOutOfBoundsException | Sample.TooMuch none) {
            return null;
        }
    }

    private String value(Expr side, Refuter.Failure failure) {
        try {
            return text(failure.sample()
                    .evaluator(field, meaning, (entry, value) -> field.of(value), new Sample.Effort(20 * CAREFUL))
                    .value(side, failure.element()));
        } catch (IntervalField.TooWide | Evaluator.TooLarge wide) {
            return "unknown";
        } catch (ArithmeticException | IndexOutOfBoundsException undefined) {
            return "undefined";
        }
    }

    private static String text(Interval value) {
        if (value.isPoint()) {
            return Double.isInfinite(value.lo())
                    ? value.lo() > 0 ? "inf" : "-inf"
                    : new java.math.BigDecimal(value.lo()).stripTrailingZeros().toPlainString();
        }
        if (value.lo() <= 0 && value.hi() >= 0) {
            return "about 0";
        }
        java.math.BigDecimal middle = new java.math.BigDecimal(value.lo())
                .add(new java.math.BigDecimal(value.hi()))
                .divide(java.math.BigDecimal.valueOf(2));
        return "about "
                + middle.round(new java.math.MathContext(10))
                        .stripTrailingZeros()
                        .toPlainString();
    }
}
