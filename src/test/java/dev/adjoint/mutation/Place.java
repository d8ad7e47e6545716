package dev.adjoint.mutation;

import dev.adjoint.mutation.Tree.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A node of a claim's right-hand side, where it stands.
 *
 * @param sort what is wanted there
 * @param scope what is seen from there
 * @param parent the node that it is a child of, or itself at the top
 * @param whole the right-hand side with another node in its stead
 */
record Place(Tree node, Sort sort, Scope scope, Tree parent, UnaryOperator<Tree> whole) {

    /** Every place of an expression, in the order of the text. */
    static List<Place> all(Tree tree, Scope scope) {
        List<Place> all = new ArrayList<>();
        new Place(tree, Sort.VALUE, scope, tree, t -> t).collect(all);
        return all;
    }

    /** Whether an integer or a value is wanted. */
    boolean isArithmetic() {
        return sort == Sort.INTEGER || sort == Sort.VALUE;
    }

    private void collect(List<Place> all) {
        all.add(this);
        for (int k = 0; k < node.children().size(); k++) {
            Sort wanted = wanted(k);
            if (wanted != null) {
                child(k, wanted).collect(all);
            }
        }
    }

    private Place child(int k, Sort wanted) {
        Scope inner = scope;
        if (node.kind() == Kind.REDUCTION) {
            List<String> bound = new ArrayList<>();
            for (int r = 0; r < node.children().size() - 1; r++) {
                // A range sees the indices of those before it.
                if (r < k) {
                    bound.add(binder(node.child(r)));
                }
            }
            inner = scope.with(bound);
        }
        return new Place(node.child(k), wanted, inner, node, t -> whole.apply(node.with(k, t)));
    }

    /** The sort of a child; null for what is no place of its own: the index that a range binds, a whole axis. */
    private @org.jspecify.annotations.Nullable Sort wanted(int k) {
        if (node.child(k).kind() == Kind.SLICE) {
            return null;
        }
        return switch (node.kind()) {
            case ACCESS -> Sort.INTEGER;
            case ELEMENT -> k == 0 ? Sort.TENSOR : Sort.INTEGER;
            case CALL -> argument(k);
            case REDUCTION -> k < node.children().size() - 1 ? Sort.RANGE : Sort.VALUE;
            case COMPARISON -> {
                if (sort == Sort.RANGE) {
                    yield k == binderAt(node) ? null : Sort.INTEGER;
                }
                yield node.children().stream().allMatch(scope::isInteger) ? Sort.INTEGER : Sort.VALUE;
            }
            case IVERSON, AND, OR, NOT -> Sort.CONDITION;
            case CHOICE -> k == 0 ? Sort.CONDITION : sort;
            case DERIVATIVE -> k == 0 ? Sort.VALUE : Sort.ENTRY;
            default -> sort;
        };
    }

    private Sort argument(int k) {
        List<Integer> ranks = scope.definitions().get(node.word());
        boolean whole = ranks != null && k < ranks.size() && ranks.get(k) > 0;
        return whole ? Sort.TENSOR : Sort.VALUE;
    }

    /** The index that a range binds. */
    static String binder(Tree range) {
        return range.kind() == Kind.COMPARISON ? range.child(binderAt(range)).word() : range.word();
    }

    private static int binderAt(Tree range) {
        return range.children().size() == 2 ? 0 : 1;
    }
}
