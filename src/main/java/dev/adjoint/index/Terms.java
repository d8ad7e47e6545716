package dev.adjoint.index;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a polynomial: distinct monomials with coefficients other than 0, in the order in which they were first
 * added. An integer expression has a handful of them, so two arrays that are searched from the front are smaller and
 * faster than a hash table. Written only while it is made; a map that cannot be modified to everybody else.
 */
final class Terms extends AbstractMap<Monomial, Long> {
    private static final int CAPACITY = 4;

    private Monomial[] monomials;
    private long[] coefficients;
    private int size;

    Terms(int capacity) {
        monomials = new Monomial[Math.max(capacity, 1)];
        coefficients = new long[monomials.length];
    }

    Terms(Monomial monomial, long coefficient) {
        this(1);
        append(monomial, coefficient);
    }

    /** A copy with room for more terms. */
    Terms(Terms other, int more) {
        monomials = Arrays.copyOf(other.monomials, other.size + Math.max(more, 1));
        coefficients = Arrays.copyOf(other.coefficients, monomials.length);
        size = other.size;
    }

    Monomial monomial(int k) {
        return monomials[k];
    }

    long coefficient(int k) {
        return coefficients[k];
    }

    /** The coefficient, 0 of a monomial that is not there. */
    long of(Monomial monomial) {
        int at = indexOf(monomial);
        return at < 0 ? 0 : coefficients[at];
    }

    /** Adds a multiple of a monomial; terms whose coefficients cancel are gone. */
    void add(Monomial monomial, long coefficient) {
        int at = indexOf(monomial);
        if (at < 0) {
            append(monomial, coefficient);
            return;
        }
        coefficients[at] = Math.addExact(coefficients[at], coefficient);
        if (coefficients[at] == 0) {
            size--;
            System.arraycopy(monomials, at + 1, monomials, at, size - at);
            System.arraycopy(coefficients, at + 1, coefficients, at, size - at);
        }
    }

    /** Adds a monomial that is known not to be there yet. */
    void append(Monomial monomial, long coefficient) {
        if (coefficient == 0) {
            return;
        }
        if (size == monomials.length) {
            monomials = Arrays.copyOf(monomials, 2 * size + CAPACITY);
            coefficients = Arrays.copyOf(coefficients, monomials.length);
        }
        monomials[size] = monomial;
        coefficients[size++] = coefficient;
    }

    private int indexOf(Object monomial) {
        int hash = monomial.hashCode();
        for (int k = 0; k < size; k++) {
            if (monomials[k].hashCode() == hash && monomials[k].equals(monomial)) {
                return k;
            }
        }
        return -1;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key != null && indexOf(key) >= 0;
    }

    @Override
    public @Nullable Long get(@Nullable Object key) {
        int at = key == null ? -1 : indexOf(key);
        return at < 0 ? null : coefficients[at];
    }

    @Override
    public void forEach(BiConsumer<? super Monomial, ? super Long> action) {
        for (int k = 0; k < size; k++) {
            action.accept(monomials[k], coefficients[k]);
        }
    }

    @Override
    public Set<Map.Entry<Monomial, Long>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<Monomial, Long>> iterator() {
                return new Each();
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    private final class Each implements Iterator<Map.Entry<Monomial, Long>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < size;
        }

        @Override
        public Map.Entry<Monomial, Long> next() {
            if (next == size) {
                throw new NoSuchElementException();
            }
            return Map.entry(monomials[next], coefficients[next++]);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Terms that)) {
            return super.equals(other);
        }
        if (size != that.size) {
            return false;
        }
        for (int k = 0; k < size; k++) {
            // Mostly the order is the same too.
            boolean here = that.coefficients[k] == coefficients[k] && that.monomials[k].equals(monomials[k]);
            if (!here && that.of(monomials[k]) != coefficients[k]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int sum = 0;
        for (int k = 0; k < size; k++) {
            sum += monomials[k].hashCode() ^ Long.hashCode(coefficients[k]);
        }
        return sum;
    }
}
