package dev.adjoint.mutation;

import java.util.ArrayList;
import java.util.List;

/**
 * An expression as it is written, one node for each rule of the grammar; parentheses come and go with the printing.
 *
 * @param words what the node is beside its children: its number, name or operators, as written
 * @param children in the order of the text; a reduction's ranges, then its body
 */
record Tree(Kind kind, List<String> words, List<Tree> children) {
    /** How tightly each kind binds, by the grammar: the larger, the tighter. */
    enum Kind {
        CHOICE(0),
        OR(1),
        AND(2),
        NOT(3),
        /** Its words are the relations. */
        COMPARISON(4),
        /** Its words are the signs between its terms. */
        SUM(5),
        /** Its words are the operators between its factors. */
        PRODUCT(6),
        NEGATIVE(7),
        POWER(8),
        NUMBER(9),
        /** A name, or the entry of a tensor; its children are the indices. */
        ACCESS(9),
        /** A function, {@code pad}, {@code stop} or a definition, applied. */
        CALL(9),
        /** The entry of an applied definition: the call, then the indices. */
        ELEMENT(9),
        REDUCTION(9),
        EXTREMUM(9),
        DERIVATIVE(9),
        IVERSON(9),
        /** A whole axis, {@code :}. */
        SLICE(9);

        final int tightness;

        Kind(int tightness) {
            this.tightness = tightness;
        }
    }

    Tree {
        words = List.copyOf(words);
        children = List.copyOf(children);
    }

    static Tree of(Kind kind, List<String> words, Tree... children) {
        return new Tree(kind, words, List.of(children));
    }

    static Tree number(long value) {
        return of(Kind.NUMBER, List.of(Long.toString(value)));
    }

    /** A name, or anything else that stands without an index. */
    static Tree name(String name) {
        return of(Kind.ACCESS, List.of(name));
    }

    /** {@code left op right}; a chain to the left of an operator of its kind grows. */
    static Tree binary(String op, Tree left, Tree right) {
        if (op.equals("^")) {
            return of(Kind.POWER, List.of(), left, right);
        }
        if (op.equals("max") || op.equals("min")) {
            return of(Kind.EXTREMUM, List.of(op), left, right);
        }
        Kind kind = op.equals("+") || op.equals("-") ? Kind.SUM : Kind.PRODUCT;
        if (left.kind == kind) {
            List<String> ops = new ArrayList<>(left.words);
            ops.add(op);
            List<Tree> parts = new ArrayList<>(left.children);
            parts.add(right);
            return new Tree(kind, ops, parts);
        }
        return of(kind, List.of(op), left, right);
    }

    /** The first of the words. */
    String word() {
        return words.get(0);
    }

    /** Whether it is a name without an index. */
    boolean isName() {
        return kind == Kind.ACCESS && children.isEmpty();
    }

    boolean isChain() {
        return kind == Kind.SUM || kind == Kind.PRODUCT;
    }

    Tree child(int k) {
        return children.get(k);
    }

    Tree last() {
        return children.get(children.size() - 1);
    }

    Tree with(int k, Tree child) {
        List<Tree> changed = new ArrayList<>(children);
        changed.set(k, child);
        return new Tree(kind, words, changed);
    }

    Tree withWord(int k, String word) {
        List<String> changed = new ArrayList<>(words);
        changed.set(k, word);
        return new Tree(kind, changed, children);
    }

    Tree withChildren(List<Tree> others) {
        return new Tree(kind, words, others);
    }

    /** The node and all below it, the node first. */
    List<Tree> all() {
        List<Tree> all = new ArrayList<>(List.of(this));
        children.forEach(c -> all.addAll(c.all()));
        return all;
    }

    /** In the language. */
    @Override
    public String toString() {
        return TreePrinter.print(this);
    }
}
