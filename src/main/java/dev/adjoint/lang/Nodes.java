package dev.adjoint.lang;

import java.util.ArrayList;
import java.util.List;

/** Walks over expressions as written. */
final class Nodes {
    private Nodes() {}

    /** The parts of an expression, in the order of the text. */
    static List<Node> children(Node node) {
        if (node instanceof Node.Access a) {
            return a.index();
        }
        if (node instanceof Node.Call c) {
            return both(c.args(), c.index());
        }
        if (node instanceof Node.Reduction r) {
            return both(r.ranges(), List.of(r.body()));
        }
        if (node instanceof Node.Extremum x) {
            return List.of(x.left(), x.right());
        }
        if (node instanceof Node.Derivative d) {
            return List.of(d.arg(), d.by());
        }
        if (node instanceof Node.Bracket b) {
            return List.of(b.condition());
        }
        if (node instanceof Node.Group g) {
            return List.of(g.inner());
        }
        if (node instanceof Node.Negative n) {
            return List.of(n.arg());
        }
        if (node instanceof Node.Power p) {
            return List.of(p.base(), p.exponent());
        }
        if (node instanceof Node.Product p) {
            return p.factors();
        }
        if (node instanceof Node.Sum s) {
            return s.terms();
        }
        if (node instanceof Node.Comparison c) {
            return c.operands();
        }
        if (node instanceof Node.And a) {
            return a.parts();
        }
        if (node instanceof Node.Or o) {
            return o.parts();
        }
        if (node instanceof Node.Not n) {
            return List.of(n.part());
        }
        if (node instanceof Node.Choice c) {
            return List.of(c.condition(), c.then(), c.otherwise());
        }
        return List.of();
    }

    private static List<Node> both(List<Node> first, List<Node> second) {
        List<Node> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** Without the parentheses around it. */
    static Node bare(Node node) {
        Node inner = node;
        while (inner instanceof Node.Group group) {
            inner = group.inner();
        }
        return inner;
    }

    /** The name that this is, alone; empty if it is something else. */
    static String name(Node node) {
        return node instanceof Node.Access access ? access.alone() : "";
    }
}
