package dev.adjoint.mutation;

import dev.adjoint.mutation.Tree.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** A node gains a part: an operand that has a name, a copy of what it has, a condition, a range, a bound. */
final class Insert {
    /** The smallest numbers that are written as operands. */
    private static final List<Tree> NUMBERS = List.of(Tree.number(1), Tree.number(2));

    private Insert() {}

    static List<Rule> rules() {
        return List.of(
                Insert::operand, Insert::copy, Insert::condition, Insert::range, Insert::bound, Insert::argument);
    }

    /** {@code a → a op b, b op a} for every operator, and b every number and name that fits. */
    private static void operand(Place place, BiConsumer<String, Tree> found) {
        if (!place.isArithmetic()) {
            return;
        }
        String where = place.sort() == Sort.INTEGER ? " in integer" : " in value";
        for (Tree leaf : leaves(place)) {
            for (String op : Operators.BINARY) {
                found.accept("insert " + op + where, Tree.binary(op, place.node(), leaf));
                found.accept("insert " + op + where, Tree.binary(op, leaf, place.node()));
            }
        }
    }

    private static List<Tree> leaves(Place place) {
        List<Tree> leaves = new ArrayList<>(NUMBERS);
        place.scope().integers().forEach(n -> leaves.add(Tree.name(n)));
        if (place.sort() == Sort.VALUE) {
            place.scope().ofRank(0).forEach(n -> leaves.add(Tree.name(n)));
        }
        return leaves;
    }

    /** {@code a * b → a * b * a}, {@code a + b → a + b + b}. */
    private static void copy(Place place, BiConsumer<String, Tree> found) {
        Tree t = place.node();
        if (t.isChain()) {
            String op = t.kind() == Kind.SUM ? "+" : "*";
            String kind = t.kind() == Kind.SUM ? "duplicate term" : "duplicate factor";
            t.children().forEach(c -> found.accept(kind, Tree.binary(op, t, c)));
        }
    }

    /** {@code a → a * [i == j]}, {@code c → c && i == j}: any two integers that have names, any relation. */
    private static void condition(Place place, BiConsumer<String, Tree> found) {
        if (place.sort() != Sort.VALUE && place.sort() != Sort.CONDITION) {
            return;
        }
        List<Tree> names = new ArrayList<>();
        place.scope().integers().forEach(n -> names.add(Tree.name(n)));
        for (int a = 0; a < names.size(); a++) {
            List<Tree> others = new ArrayList<>(names.subList(a + 1, names.size()));
            others.add(Tree.number(0));
            for (Tree other : others) {
                for (String relation : Operators.RELATIONS) {
                    Tree c = Tree.of(Kind.COMPARISON, List.of(relation), names.get(a), other);
                    if (place.sort() == Sort.VALUE) {
                        Tree factor = Tree.of(Kind.IVERSON, List.of(), c);
                        found.accept("insert condition", Tree.binary("*", place.node(), factor));
                    } else {
                        found.accept("insert condition", Tree.of(Kind.AND, List.of("&&"), place.node(), c));
                        found.accept("insert condition", Tree.of(Kind.OR, List.of("||"), place.node(), c));
                    }
                }
            }
        }
    }

    /** {@code sum[i](a) → sum[i, u < n](a)}, for any size n. */
    private static void range(Place place, BiConsumer<String, Tree> found) {
        Tree t = place.node();
        if (t.kind() == Kind.REDUCTION) {
            for (Tree range : ranges(place)) {
                List<Tree> children = new ArrayList<>(t.children());
                children.add(children.size() - 1, range);
                found.accept("insert range", t.withChildren(children));
            }
        }
    }

    /** Ranges over any size, of an index that nothing bears yet. */
    static List<Tree> ranges(Place place) {
        Tree index = Tree.name(freshIn(place));
        return place.scope().sizes().stream()
                .map(n -> Tree.of(Kind.COMPARISON, List.of("<"), index, Tree.name(n)))
                .toList();
    }

    private static String freshIn(Place place) {
        List<String> below = place.node().all().stream()
                .filter(t -> t.kind() == Kind.REDUCTION)
                .flatMap(t -> t.children().subList(0, t.children().size() - 1).stream())
                .map(Place::binder)
                .toList();
        return place.scope().with(below).fresh();
    }

    /** {@code i < n → 1 <= i < n};  {@code i → i < n, 1 <= i < n} for any size n. */
    private static void bound(Place place, BiConsumer<String, Tree> found) {
        Tree t = place.node();
        if (place.sort() != Sort.RANGE) {
            return;
        }
        List<Tree> uppers = new ArrayList<>();
        String relation = "<";
        if (t.isName()) {
            place.scope().integers().forEach(n -> uppers.add(Tree.name(n)));
            uppers.forEach(n -> found.accept("insert bound", Tree.of(Kind.COMPARISON, List.of("<"), t, n)));
        } else if (t.children().size() == 2) {
            uppers.add(t.child(1));
            relation = t.word();
        }
        for (Tree upper : uppers) {
            Tree index = Tree.name(Place.binder(t));
            found.accept(
                    "insert bound", Tree.of(Kind.COMPARISON, List.of("<=", relation), Tree.number(1), index, upper));
        }
    }

    /** {@code pad(a) → pad(a, 1), pad(a, -inf), pad(a, inf)};  {@code f(a) → f'(a)}. */
    private static void argument(Place place, BiConsumer<String, Tree> found) {
        Tree t = place.node();
        if (t.kind() != Kind.CALL) {
            return;
        }
        if (t.word().equals("pad") && t.children().size() == 1) {
            Tree inf = Tree.name("inf");
            for (Tree value : List.of(Tree.number(1), inf, Tree.of(Kind.NEGATIVE, List.of(), inf))) {
                found.accept("insert pad value", new Tree(t.kind(), t.words(), List.of(t.child(0), value)));
            }
        }
        if (place.scope().open().contains(t.word().replace("'", ""))) {
            found.accept("insert prime", t.withWord(0, t.word() + "'"));
        }
    }
}
