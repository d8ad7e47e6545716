package dev.adjoint.mutation;

import dev.adjoint.mutation.Tree.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** A node loses a part: one of several, or what is wrapped around the rest. */
final class Delete {
    private Delete() {}

    static List<Rule> rules() {
        return List.of(Delete::part, Delete::range, Delete::bound, Delete::argument, Delete::wrapping);
    }

    /** {@code a + b → a, b};  {@code a * b / c → a * b, a / c, b / c}; the same of conditions. */
    private static void part(Place place, BiConsumer<String, Tree> found) {
        Tree t = place.node();
        String kind = switch (t.kind()) {
            case SUM -> "delete term";
            case PRODUCT -> "delete factor";
            case AND, OR -> "delete condition";
            default -> "";
        };
        if (!kind.isEmpty()) {
            for (int k = 0; k < t.children().size(); k++) {
                found.accept(kind, without(t, k));
            }
        }
        if (t.kind() == Kind.COMPARISON && t.children().size() > 2 && place.sort() == Sort.CONDITION) {
            found.accept("delete operand", new Tree(t.kind(), rest(t.words()), rest(t.children())));
            found.accept("delete operand", new Tree(t.kind(), start(t.words()), start(t.children())));
        }
    }

    /** What stood behind {@code -} or {@code /} keeps it when it comes first. */
    static Tree without(Tree t, int k) {
        List<String> words = new ArrayList<>(t.words());
        List<Tree> children = new ArrayList<>(t.children());
        children.remove(k);
        String before = words.remove(Math.max(0, k - 1));
        if (k == 0 && before.equals("-")) {
            children.set(0, Tree.of(Kind.NEGATIVE, List.of(), children.get(0)));
        } else if (k == 0 && before.equals("/")) {
            words.add(0, "/");
            children.add(0, Tree.number(1));
        }
        return children.size() == 1 ? children.get(0) : new Tree(t.kind(), words, children);
    }

    private static <T> List<T> rest(List<T> list) {
        return list.subList(1, list.size());
    }

    private static <T> List<T> start(List<T> list) {
        return list.subList(0, list.size() - 1);
    }

    /** {@code sum[i, j](a) → sum[i](a), sum[j](a)}. */
    private static void range(Place place, BiConsumer<String, Tree> found) {
        Tree t = place.node();
        if (t.kind() == Kind.REDUCTION && t.children().size() > 2) {
            for (int k = 0; k < t.children().size() - 1; k++) {
                List<Tree> children = new ArrayList<>(t.children());
                children.remove(k);
                found.accept("delete range", t.withChildren(children));
            }
        }
    }

    /** {@code lo <= i < hi → i < hi → i}. */
    private static void bound(Place place, BiConsumer<String, Tree> found) {
        Tree t = place.node();
        if (place.sort() == Sort.RANGE && t.kind() == Kind.COMPARISON) {
            found.accept("delete bound", Tree.name(Place.binder(t)));
            if (t.children().size() == 3) {
                found.accept("delete bound", new Tree(t.kind(), rest(t.words()), rest(t.children())));
            }
        }
    }

    /** {@code pad(a, v) → pad(a)}. */
    private static void argument(Place place, BiConsumer<String, Tree> found) {
        Tree t = place.node();
        if (t.kind() == Kind.CALL && t.word().equals("pad") && t.children().size() == 2) {
            found.accept("delete pad value", t.withChildren(t.children().subList(0, 1)));
        }
    }

    /** {@code f(a), -a, a^b, sum[…](a), [c], !c, c ? a : b, d(a) / d(b), f(a)[i] → a, b, c}, whatever fits. */
    private static void wrapping(Place place, BiConsumer<String, Tree> found) {
        Tree t = place.node();
        switch (t.kind()) {
            case NEGATIVE, NOT -> found.accept("delete negation", t.child(0));
            case POWER -> {
                found.accept("delete power", t.child(0));
                found.accept("delete power", t.child(1));
            }
            case EXTREMUM -> t.children().forEach(c -> found.accept("delete extremum", c));
            case REDUCTION -> found.accept("delete reduction", t.last());
            case DERIVATIVE -> t.children().forEach(c -> found.accept("delete derivative", c));
            case CHOICE -> {
                found.accept("delete choice", t.child(1));
                found.accept("delete choice", t.child(2));
            }
            case CALL -> {
                if (!place.scope().definitions().containsKey(t.word())) {
                    found.accept(t.word().equals("pad") ? "delete pad" : "delete function", t.child(0));
                    if (t.word().endsWith("'")) {
                        found.accept(
                                "delete prime",
                                t.withWord(0, t.word().substring(0, t.word().length() - 1)));
                    }
                } else if (place.sort() == Sort.TENSOR || place.sort() == Sort.VALUE) {
                    t.children().forEach(c -> found.accept("delete definition", c));
                }
            }
            case ELEMENT -> {
                for (Tree argument : t.child(0).children()) {
                    if (argument.isName()) {
                        List<Tree> indices =
                                t.children().subList(1, t.children().size());
                        found.accept("delete definition", argument.withChildren(indices));
                    }
                }
            }
            default -> {}
        }
    }
}
