package dev.adjoint.mutation;

import dev.adjoint.mutation.Tree.Kind;
import java.util.List;
import java.util.function.BiConsumer;

/** A node becomes another of its sort and arity: a name, a number, an operator, or what stands elsewhere in the claim. */
final class Replace {
    private Replace() {}

    static List<Rule> rules() {
        return List.of(
                Replace::number,
                Replace::name,
                Replace::reference,
                Replace::operator,
                Replace::relation,
                Replace::connective,
                Replace::function,
                Replace::reduction,
                Replace::definition);
    }

    /** For a claim with these places; goes last, for what it gives may also come from a rule of its own. */
    static Rule subtrees(List<Place> claim) {
        return (place, found) -> subtree(place, claim, found);
    }

    /** {@code n → n + 1, n − 1}. */
    private static void number(Place place, BiConsumer<String, Tree> found) {
        Tree t = place.node();
        if (t.kind() == Kind.NUMBER) {
            if (t.word().chars().allMatch(Character::isDigit)) {
                long value = Long.parseLong(t.word());
                found.accept("replace number", Tree.number(value + 1));
                if (value > 0) {
                    found.accept("replace number", Tree.number(value - 1));
                }
            } else {
                found.accept("replace number", Tree.number(0));
                found.accept("replace number", Tree.number(1));
            }
        }
    }

    /** {@code i → j}, any integer that has a name. */
    private static void name(Place place, BiConsumer<String, Tree> found) {
        Tree t = place.node();
        if (t.isName() && place.isArithmetic() && place.scope().integers().contains(t.word())) {
            String kind = place.scope().sizes().contains(t.word()) ? "replace size" : "replace index";
            place.scope().integers().stream()
                    .filter(n -> !n.equals(t.word()))
                    .forEach(n -> found.accept(kind, Tree.name(n)));
        }
        if (t.isName() && (t.word().equals("inf") || t.word().equals("pi"))) {
            found.accept("replace constant", Tree.number(0));
            found.accept("replace constant", Tree.number(1));
            found.accept("replace constant", Tree.name(t.word().equals("inf") ? "pi" : "inf"));
        }
    }

    /** {@code T[…] → U[…]}, of the same rank; whole tensors as well. */
    private static void reference(Place place, BiConsumer<String, Tree> found) {
        Tree t = place.node();
        Integer rank = t.kind() == Kind.ACCESS ? place.scope().references().get(t.word()) : null;
        if (rank != null) {
            place.scope().ofRank(rank).stream()
                    .filter(n -> !n.equals(t.word()))
                    .forEach(n -> found.accept("replace tensor", t.withWord(0, n)));
        }
    }

    /** {@code a + b → a - b, a * b, a / b, a div b, a mod b, a^b, max(a, b), min(a, b)}. */
    private static void operator(Place place, BiConsumer<String, Tree> found) {
        Tree t = place.node();
        List<String> operators = Operators.of(t);
        for (int k = 0; k < operators.size(); k++) {
            for (String op : Operators.BINARY) {
                if (!op.equals(operators.get(k))) {
                    found.accept("replace " + operators.get(k), Operators.withOperator(t, k, op));
                }
            }
        }
    }

    /** {@code a < b → a <= b, …}. */
    private static void relation(Place place, BiConsumer<String, Tree> found) {
        Tree t = place.node();
        if (t.kind() == Kind.COMPARISON) {
            String kind = place.sort() == Sort.RANGE ? "replace relation of range" : "replace relation";
            for (int k = 0; k < t.words().size(); k++) {
                for (String relation : Operators.RELATIONS) {
                    if (!relation.equals(t.words().get(k))) {
                        found.accept(kind, t.withWord(k, relation));
                    }
                }
            }
        }
    }

    /** {@code a && b → a || b}. */
    private static void connective(Place place, BiConsumer<String, Tree> found) {
        Tree t = place.node();
        if (t.kind() == Kind.AND || t.kind() == Kind.OR) {
            boolean and = t.kind() == Kind.AND;
            List<String> words = t.words().stream().map(w -> and ? "||" : "&&").toList();
            found.accept("replace connective", new Tree(and ? Kind.OR : Kind.AND, words, t.children()));
        }
    }

    /** {@code f(x) → g(x)}, the derivatives of other open functions among them. */
    private static void function(Place place, BiConsumer<String, Tree> found) {
        Tree t = place.node();
        if (Operators.isFunction(t, place.scope())) {
            for (String other : Operators.functions(place.scope())) {
                if (!other.replace("'", "").equals(t.word().replace("'", ""))) {
                    found.accept("replace function", t.withWord(0, other));
                }
            }
        }
    }

    /** {@code sum[…](a) → prod[…](a), …}. */
    private static void reduction(Place place, BiConsumer<String, Tree> found) {
        Tree t = place.node();
        if (t.kind() == Kind.REDUCTION) {
            for (String other : Operators.REDUCTIONS) {
                if (!other.equals(t.word())) {
                    found.accept("replace reduction", t.withWord(0, other));
                }
            }
        }
    }

    /** {@code f(a, b) → g(a, b)}, of the same parameters. */
    private static void definition(Place place, BiConsumer<String, Tree> found) {
        Tree t = place.node();
        List<Integer> ranks =
                t.kind() == Kind.CALL ? place.scope().definitions().get(t.word()) : null;
        if (ranks != null) {
            place.scope().definitions().forEach((name, others) -> {
                if (!name.equals(t.word()) && others.equals(ranks)) {
                    found.accept("replace definition", t.withWord(0, name));
                }
            });
        }
    }

    /** Any node becomes what stands at another place of the same sort. */
    private static void subtree(Place place, List<Place> claim, BiConsumer<String, Tree> found) {
        if (place.sort() == Sort.RANGE) {
            return;
        }
        for (Place other : claim) {
            boolean fits = other.sort() == place.sort() || place.sort() == Sort.VALUE && other.sort() == Sort.INTEGER;
            if (fits && !other.node().equals(place.node())) {
                found.accept("replace subtree", other.node());
            }
        }
    }
}
