package dev.adjoint.transform;

import dev.adjoint.loop.Scopes;
import dev.adjoint.loop.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What several statements of one block compute becomes a local variable in front of the first of them. Loops and
 * branches are blocks of their own.
 *
 * @param <K> what is computed
 */
abstract class Common<K> {
    private final Scopes scopes;

    /** @param scopes the names that are free in the whole step */
    Common(Scopes scopes) {
        this.scopes = scopes;
    }

    /** Adds what a statement computes, once for each time; loops and branches are not asked. */
    abstract void count(Step statement, Map<K, Integer> uses);

    /** Whether it is worth a name, and the same wherever it stands among the statements. */
    abstract boolean isCommon(K key, List<Step> statements);

    abstract String name(K key);

    abstract Step declaration(K key, String name);

    /** The statement over the names. */
    abstract Step renamed(Step statement, Map<K, String> names);

    public final Step apply(Step s) {
        if (s instanceof Step.Loop l) {
            return new Step.Loop(l.var(), l.lo(), l.hi(), l.by(), apply(l.body()));
        }
        if (s instanceof Step.If i) {
            return new Step.If(i.test(), apply(i.then()), i.otherwise() == null ? null : apply(i.otherwise()));
        }
        return s instanceof Step.Block b ? new Step.Block(block(b.steps())) : s;
    }

    private List<Step> block(List<Step> statements) {
        Map<K, Integer> uses = new LinkedHashMap<>();
        statements.stream().filter(s -> !isNest(s)).forEach(s -> count(s, uses));
        Map<K, String> names = new LinkedHashMap<>();
        uses.forEach((key, times) -> {
            if (times > 1 && isCommon(key, statements)) {
                names.put(key, scopes.enter(name(key)));
            }
        });
        Set<K> declared = new HashSet<>();
        List<Step> named = new ArrayList<>();
        for (Step s : statements) {
            if (isNest(s)) {
                named.add(apply(s));
                continue;
            }
            Map<K, Integer> here = new LinkedHashMap<>();
            count(s, here);
            here.keySet().stream()
                    .filter(key -> names.containsKey(key) && declared.add(key))
                    .forEach(key -> named.add(declaration(key, Objects.requireNonNull(names.get(key)))));
            named.add(renamed(s, names));
        }
        names.values().forEach(scopes::leave);
        return named;
    }

    /** A loop, a branch, or a block with a scope of its own. */
    private static boolean isNest(Step s) {
        return s instanceof Step.Loop || s instanceof Step.If || s instanceof Step.Block;
    }
}
