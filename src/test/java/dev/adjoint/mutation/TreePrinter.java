package dev.adjoint.mutation;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints a tree in the language, with the parentheses that its shape needs. */
final class TreePrinter {
    private @Nullable Tree bare;

    private TreePrinter(@Nullable Tree bare) {
        this.bare = bare;
    }

    static String print(Tree tree) {
        return new TreePrinter(null).expression(tree);
    }

    /** Without those around one of its nodes, if it has any. */
    static String withoutParentheses(Tree tree, Tree node) {
        return new TreePrinter(node).expression(tree);
    }

    private String expression(Tree t) {
        List<Tree> c = t.children();
        return switch (t.kind()) {
            case NUMBER -> t.word();
            case SLICE -> ":";
            case ACCESS -> t.word() + indices(c);
            case CALL -> t.word() + "(" + list(c) + ")";
            case ELEMENT -> expression(c.get(0)) + indices(c.subList(1, c.size()));
            case REDUCTION -> t.word() + "[" + list(c.subList(0, c.size() - 1)) + "](" + expression(t.last()) + ")";
            case EXTREMUM -> t.word() + "(" + list(c) + ")";
            case DERIVATIVE -> "d(" + expression(c.get(0)) + ") / d(" + expression(c.get(1)) + ")";
            case IVERSON -> "[" + expression(c.get(0)) + "]";
            case NEGATIVE -> "-" + tight(c.get(0), Tree.Kind.NEGATIVE.tightness);
            case POWER ->
                tight(c.get(0), Tree.Kind.NUMBER.tightness) + "^" + tight(c.get(1), Tree.Kind.NEGATIVE.tightness);
            case PRODUCT, SUM, COMPARISON, AND, OR -> chain(t);
            case NOT -> "!" + tight(c.get(0), Tree.Kind.NOT.tightness);
            case CHOICE ->
                tight(c.get(0), Tree.Kind.OR.tightness) + " ? " + expression(c.get(1)) + " : " + expression(c.get(2));
        };
    }

    private String chain(Tree t) {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < t.children().size(); k++) {
            text.append(k == 0 ? "" : " " + t.words().get(k - 1) + " ");
            text.append(tight(t.child(k), t.kind().tightness + 1));
        }
        return text.toString();
    }

    private String tight(Tree t, int least) {
        if (t.kind().tightness >= least) {
            return expression(t);
        }
        if (t == bare) {
            bare = null;
            return expression(t);
        }
        return "(" + expression(t) + ")";
    }

    private String indices(List<Tree> c) {
        return c.isEmpty() ? "" : "[" + list(c) + "]";
    }

    private String list(List<Tree> c) {
        return c.stream().map(this::expression).collect(Collectors.joining(", "));
    }
}
