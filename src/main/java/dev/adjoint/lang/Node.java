package dev.adjoint.lang;

import dev.adjoint.diagnostic.Place;
import dev.adjoint.expr.Rel;
import java.util.List;
import org.apache.commons.numbers.fraction.BigFraction;

/** An expression as it was written, before it is known what its names denote. */
sealed interface Node {
    Place place();

    /** A number; whole ones are integers, the others values. */
    record Numeral(BigFraction value, String text, boolean whole, Place place) implements Node {}

    /** What an entry is taken of: a name, {@code grad T}, {@code delta} or {@code delta.x}. */
    record Reference(Reference.Kind kind, String name, Place place) {
        enum Kind {
            NAME,
            GRAD,
            DELTA
        }

        @Override
        public String toString() {
            return switch (kind) {
                case NAME -> name;
                case GRAD -> "grad " + name;
                case DELTA -> name.isEmpty() ? "delta" : "delta." + name;
            };
        }
    }

    /** A name, or the entry of a tensor; without brackets the index is empty. */
    record Access(Reference reference, List<Node> index, Place place) implements Node {
        /** The name, if it stands alone; empty otherwise. */
        String alone() {
            return index.isEmpty() && reference.kind() == Reference.Kind.NAME ? reference.name() : "";
        }
    }

    /** A function or a definition applied: {@code f'(x)}, {@code rot180(w)[m, n]}. */
    record Call(String name, int primes, List<Node> args, List<Node> index, Place namePlace, Place place)
            implements Node {}

    /** A whole axis, {@code :}. */
    record Slice(Place place) implements Node {}

    /** A reduction over ranges. */
    record Reduction(Reduction.Kind kind, List<Node> ranges, Node body, Place place) implements Node {
        enum Kind {
            SUM,
            PROD,
            MAX,
            MIN,
            MEAN,
            ARGMAX,
            ARGMIN;

            @Override
            public String toString() {
                return name().toLowerCase(java.util.Locale.ROOT);
            }
        }
    }

    /** {@code max(a, b)} or {@code min(a, b)}. */
    record Extremum(boolean max, Node left, Node right, Place place) implements Node {}

    /** {@code d(arg) / d(by)}. */
    record Derivative(Node arg, Node by, Place place) implements Node {}

    /** A condition as a number, {@code [i == j]}. */
    record Bracket(Node condition, Place place) implements Node {}

    /** In parentheses. */
    record Group(Node inner, Place place) implements Node {}

    record Negative(Node arg, Place place) implements Node {}

    record Power(Node base, Node exponent, Place place) implements Node {}

    /** {@code first op second op …}, from left to right. */
    record Product(List<Node> factors, List<Op> ops, Place place) implements Node {
        enum Op {
            TIMES,
            OVER,
            DIV,
            MOD
        }
    }

    /** A sum; {@code minus} says of each term but the first whether it is subtracted. */
    record Sum(List<Node> terms, List<Boolean> minus, Place place) implements Node {}

    /** Comparisons that chain, {@code 0 <= i < n}; one fewer relation than operands. */
    record Comparison(List<Node> operands, List<Rel> relations, Place place) implements Node {}

    record And(List<Node> parts, Place place) implements Node {}

    record Or(List<Node> parts, Place place) implements Node {}

    record Not(Node part, Place place) implements Node {}

    record Choice(Node condition, Node then, Node otherwise, Place place) implements Node {}
}
