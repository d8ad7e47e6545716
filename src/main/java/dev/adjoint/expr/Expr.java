package dev.adjoint.expr;

import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.List;
import java.util.Optional;
import org.apache.commons.numbers.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * A real value in index notation, as an immutable tree. {@link Exprs} builds it simplified, {@link Printer} prints it
 * in the language, {@link Rewriter} walks it.
 */
public sealed interface Expr {
    /** A rational number, exact; {@code text} is how the user wrote it, null for one that was computed. */
    record Num(BigFraction value, @Nullable String text) implements Expr {
        public static final Num ZERO = new Num(BigFraction.ZERO, null);
        public static final Num ONE = new Num(BigFraction.ONE, null);

        public static Num of(long value) {
            return new Num(BigFraction.of(value), null);
        }

        public static Num of(long numerator, long denominator) {
            return new Num(BigFraction.of(numerator, denominator), null);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Num that && value.equals(that.value);
        }

        @Override
        public int hashCode() {
            return value.hashCode();
        }
    }

    /** The circle's number. */
    record Pi() implements Expr {}

    /** Positive infinity. */
    record Inf() implements Expr {}

    /** An integer as a value: a size, an index, an entry of an integer tensor, the position of a maximum. */
    record IntValue(IntExpr value) implements Expr {}

    /**
     * The entry of a tensor; {@code pad} is what is read outside its shape, null where every index lies inside. The
     * pad is a constant: it reads no tensor.
     */
    record Read(Ref ref, List<IntExpr> index, @Nullable Expr pad) implements Expr {
        public Read {
            index = List.copyOf(index);
        }

        public Optional<Expr> padding() {
            return Optional.ofNullable(pad);
        }
    }

    /** A sum of at least two terms, none of them a sum. */
    record Add(List<Expr> terms) implements Expr {
        public Add {
            terms = List.copyOf(terms);
        }
    }

    /** A product of at least two factors, none of them a product. A quotient is a factor to a negative power. */
    record Mul(List<Expr> factors) implements Expr {
        public Mul {
            factors = List.copyOf(factors);
        }
    }

    /** {@code base ^ exponent}; an exponent of −1 is a division. */
    record Pow(Expr base, Expr exponent) implements Expr {}

    /** A function of one value. */
    record Apply(Fun fun, Expr arg) implements Expr {}

    /** The larger or the smaller of two values; of equal ones, each gets half of the gradient. */
    record Extremum(boolean max, Expr left, Expr right) implements Expr {}

    /** A reduction over ranges, the later ones inside the earlier, whose indices their bounds may use. */
    record Reduce(Kind kind, List<Range> ranges, Expr body) implements Expr {
        /** What is done with the values. A sum of none is 0, a product of none 1, a maximum of none −inf. */
        public enum Kind {
            SUM,
            PROD,
            MAX,
            MIN;

            @Override
            public String toString() {
                return name().toLowerCase(java.util.Locale.ROOT);
            }
        }

        public Reduce {
            ranges = List.copyOf(ranges);
        }
    }

    /** 1 where the condition holds, 0 elsewhere; as a factor a strong zero: a branch, whatever it multiplies. */
    record Iverson(Cond cond) implements Expr {}

    /** One side or the other; the condition guards the reads of its sides. */
    record Select(Cond cond, Expr then, Expr otherwise) implements Expr {}

    /** The value, through which no gradient passes. */
    record Stop(Expr arg) implements Expr {}

    /** The partial derivative of an expression by one entry of a tensor: {@code d(arg) / d(ref[index])}. */
    record Deriv(Expr arg, Ref ref, List<IntExpr> index) implements Expr {
        public Deriv {
            index = List.copyOf(index);
        }
    }
}
