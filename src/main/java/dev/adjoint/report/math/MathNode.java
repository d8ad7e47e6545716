package dev.adjoint.report.math;

import java.util.List;

/** A formula as it is set: what stands where. {@link Formulas} makes it, {@link MathMl} and {@link Latex} print it. */
public sealed interface MathNode {
    /** What this is made of, in reading order. */
    default List<MathNode> children() {
        return List.of();
    }

    /** The same with other children, as many as it has; a row may have more or fewer. */
    default MathNode with(List<MathNode> children) {
        return this;
    }

    /** A name: of a tensor, an index, a size, a function; one letter is set in italics. Primes are one, too. */
    record Name(String text) implements MathNode {}

    /** A name with a number below it that is part of the name, as that of the size {@code K1}: K₁. */
    record Numbered(String text) implements MathNode {
        public String number() {
            return text.substring(stem().length()).replace("_", "");
        }

        /** What stands before the number, and before a line that parts both. */
        public String stem() {
            int end = text.length();
            while (end > 0 && Character.isDigit(text.charAt(end - 1))) {
                end--;
            }
            return text.substring(0, end > 0 && end < text.length() && text.charAt(end - 1) == '_' ? end - 1 : end);
        }
    }

    /** A number as it is read, a decimal or an integer without sign. */
    record Digits(String text) implements MathNode {}

    /** Words in a formula, as {@code otherwise}. */
    record Words(String text) implements MathNode {}

    /** An operator, by itself. */
    record Op(Kind kind, String text) implements MathNode {
        /** How much room an operator takes. */
        public enum Kind {
            RELATION,
            BINARY,
            PREFIX,
            SEPARATOR,
            TIMES,
            FENCE
        }

        /** Between factors, where nothing is printed. */
        public static final Op TIMES = new Op(Kind.TIMES, "");

        public static final Op EQUALS = new Op(Kind.RELATION, "=");
        public static final Op PLUS = new Op(Kind.BINARY, "+");
        public static final Op MINUS = new Op(Kind.BINARY, "−");
        public static final Op NEGATIVE = new Op(Kind.PREFIX, "−");
        public static final Op COMMA = new Op(Kind.SEPARATOR, ",");
        public static final Op PARTIAL = new Op(Kind.PREFIX, "∂");
    }

    /** One after the other. */
    record Row(List<MathNode> items) implements MathNode {
        public Row {
            items = List.copyOf(items);
        }

        public static Row of(MathNode... items) {
            return new Row(List.of(items));
        }

        @Override
        public List<MathNode> children() {
            return items;
        }

        @Override
        public MathNode with(List<MathNode> children) {
            return new Row(children);
        }
    }

    /** Indices below a base, with commas between. */
    record Index(MathNode base, List<MathNode> indices) implements MathNode {
        public Index {
            indices = List.copyOf(indices);
        }

        @Override
        public List<MathNode> children() {
            return indices;
        }

        @Override
        public MathNode with(List<MathNode> children) {
            return new Index(base, children);
        }
    }

    /** An exponent above a base. */
    record Power(MathNode base, MathNode exponent) implements MathNode {
        @Override
        public List<MathNode> children() {
            return List.of(base, exponent);
        }

        @Override
        public MathNode with(List<MathNode> children) {
            return new Power(children.get(0), children.get(1));
        }
    }

    /** One above the other. */
    record Fraction(MathNode above, MathNode below) implements MathNode {
        @Override
        public List<MathNode> children() {
            return List.of(above, below);
        }

        @Override
        public MathNode with(List<MathNode> children) {
            return new Fraction(children.get(0), children.get(1));
        }
    }

    /** A square root. */
    record Root(MathNode radicand) implements MathNode {
        @Override
        public List<MathNode> children() {
            return List.of(radicand);
        }

        @Override
        public MathNode with(List<MathNode> children) {
            return new Root(children.get(0));
        }
    }

    /** Something between two signs that grow with it. */
    record Fence(String open, String close, MathNode inside) implements MathNode {
        @Override
        public List<MathNode> children() {
            return List.of(inside);
        }

        @Override
        public MathNode with(List<MathNode> children) {
            return new Fence(open, close, children.get(0));
        }
    }

    /** The sign of a reduction, its ranges beneath it, one a line; what is reduced follows it. */
    record Big(String symbol, List<MathNode> beneath) implements MathNode {
        public Big {
            beneath = List.copyOf(beneath);
        }

        @Override
        public List<MathNode> children() {
            return beneath;
        }

        @Override
        public MathNode with(List<MathNode> children) {
            return new Big(symbol, children);
        }
    }

    /** Values, each where its condition holds, under one brace: value, condition, value, condition, … */
    record Cases(List<MathNode> pairs) implements MathNode {
        public Cases {
            pairs = List.copyOf(pairs);
        }

        @Override
        public List<MathNode> children() {
            return pairs;
        }

        @Override
        public MathNode with(List<MathNode> children) {
            return new Cases(children);
        }
    }

    /** Lines, one below the other, beginning at the left. */
    record Stack(List<MathNode> lines) implements MathNode {
        public Stack {
            lines = List.copyOf(lines);
        }

        @Override
        public List<MathNode> children() {
            return lines;
        }

        @Override
        public MathNode with(List<MathNode> children) {
            return new Stack(children);
        }
    }

    /**
     * What the last step left as it was, and is not printed again.
     *
     * @param terms how many terms of a sum it stands for; 0 for something that is no term
     */
    record Omitted(int terms) implements MathNode {
        /** What is printed in its place. */
        public String text() {
            return terms == 0 ? "…" : "… (" + terms + " unchanged " + (terms == 1 ? "term)" : "terms)");
        }
    }

    /** Something that a reader should look at. */
    record Marked(Mark mark, MathNode inside) implements MathNode {
        @Override
        public List<MathNode> children() {
            return List.of(inside);
        }

        @Override
        public MathNode with(List<MathNode> children) {
            return new Marked(mark, children.get(0));
        }
    }

    /** Why a reader should look at something. */
    enum Mark {
        /** It came in with the last step. */
        NEW,
        /** The next step replaces it. */
        OLD
    }
}
