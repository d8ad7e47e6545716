package dev.adjoint.mutation;

import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Rel;
import dev.adjoint.mutation.Tree.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The alternatives that the grammar offers at each operator. */
final class Operators {
    /** Of two values, or of two integers: the language refuses those that have no place in an index. */
    static final List<String> BINARY = List.of("+", "-", "*", "/", "div", "mod", "^", "max", "min");

    static final List<String> RELATIONS =
            Arrays.stream(Rel.values()).map(Rel::toString).toList();

    static final List<String> REDUCTIONS = List.of("sum", "prod", "max", "min", "mean", "argmax", "argmin");

    static final List<String> KNOWN =
            Arrays.stream(Fun.Known.values()).map(Fun.Known::toString).toList();

    private Operators() {}

    /** Every function of one value that is seen from there. */
    static List<String> functions(Scope scope) {
        List<String> all = new ArrayList<>(KNOWN);
        all.add("stop");
        scope.open().forEach(f -> all.addAll(List.of(f, f + "'", f + "''")));
        return all;
    }

    static boolean isFunction(Tree t, Scope scope) {
        return t.kind() == Kind.CALL
                && t.children().size() == 1
                && (functions(scope).contains(t.word())
                        || scope.open().contains(t.word().replace("'", "")));
    }

    /** The chain, or the binary node, with its k-th operator replaced; what follows goes on as it was. */
    static Tree withOperator(Tree t, int k, String op) {
        if (!t.isChain()) {
            return Tree.binary(op, t.child(0), t.child(1));
        }
        Tree left = prefix(t, k + 1);
        Tree tree = Tree.binary(op, left, t.child(k + 1));
        for (int rest = k + 1; rest < t.words().size(); rest++) {
            tree = Tree.binary(t.words().get(rest), tree, t.child(rest + 1));
        }
        return tree;
    }

    /** The first so many parts of a chain. */
    private static Tree prefix(Tree chain, int parts) {
        return parts == 1
                ? chain.child(0)
                : new Tree(
                        chain.kind(),
                        chain.words().subList(0, parts - 1),
                        chain.children().subList(0, parts));
    }

    /** The operators of a node with binary operators; none if it has none. */
    static List<String> of(Tree t) {
        return switch (t.kind()) {
            case SUM, PRODUCT, EXTREMUM -> t.words();
            case POWER -> List.of("^");
            default -> List.of();
        };
    }
}
