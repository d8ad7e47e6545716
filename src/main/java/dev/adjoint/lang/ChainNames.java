package dev.adjoint.lang;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What sizes, tensors and functions are called where layers stand in a chain. The earlier layer keeps its names; of a
 * later one, each that collides gets the number of the layer's place in the chain, {@code w2, b2}, and {@code K1_2}
 * where it ends in a digit; the next number where one of these is taken too. Names collide as they would within one
 * layer, tensors also by case. They depend on the layers alone, not on which sizes are bound. The sizes of the shape of a
 * later layer's first input have no names, since they are those of the output before.
 */
final class ChainNames {
    private final Set<String> taken = new HashSet<>();
    /** Tensors by their names in small letters. */
    private final Map<String, String> tensors = new HashMap<>();

    private ChainNames() {}

    /** For each layer the new name of each of its sizes, tensors and functions, in the order of declaration. */
    static List<Map<String, String>> of(List<Syntax.LayerText> chain) {
        ChainNames names = new ChainNames();
        List<Map<String, String>> all = new ArrayList<>();
        for (int k = 0; k < chain.size(); k++) {
            all.add(names.enter(chain.get(k), k + 1));
        }
        return all;
    }

    /** The input that takes the output before: the first one; null if there is none. */
    static Syntax.@Nullable Given fed(Syntax.LayerText layer) {
        for (Syntax.Statement statement : layer.statements()) {
            if (statement instanceof Syntax.Given given && given.role() == Tensor.Role.INPUT) {
                return given;
            }
        }
        return null;
    }

    /** The sizes of the shape of the first input. */
    static Set<String> matched(Syntax.LayerText layer) {
        Set<String> names = new HashSet<>();
        Syntax.Given fed = fed(layer);
        if (fed != null) {
            fed.shaped().brackets().forEach(node -> collect(node, names));
        }
        Set<String> sizes = new LinkedHashSet<>();
        layer.sizes().stream().map(s -> s.name().text()).filter(names::contains).forEach(sizes::add);
        return sizes;
    }

    private static void collect(Node node, Set<String> names) {
        names.add(Nodes.name(node));
        Nodes.children(node).forEach(child -> collect(child, names));
    }

    private Map<String, String> enter(Syntax.LayerText layer, int place) {
        Map<String, Boolean> own = declared(layer, place == 1);
        Map<String, String> renamed = new LinkedHashMap<>();
        Set<String> colliding = new LinkedHashSet<>();
        own.forEach((name, tensor) -> {
            renamed.put(name, name);
            if (!isFree(name, tensor)) {
                colliding.add(name);
            }
        });
        for (int number = place; !colliding.isEmpty(); number++) {
            Set<String> chosen = new HashSet<>(own.keySet());
            boolean good = true;
            for (String name : colliding) {
                String other = numbered(name, number);
                renamed.put(name, other);
                good &= chosen.add(other) && isFree(other, own.getOrDefault(name, false));
            }
            if (good) {
                break;
            }
        }
        own.forEach((name, tensor) -> {
            String now = renamed.getOrDefault(name, name);
            taken.add(now);
            if (tensor) {
                tensors.put(now.toLowerCase(Locale.ROOT), now);
            }
        });
        return renamed;
    }

    /** The layer's names, and whether each is that of a tensor. */
    private static Map<String, Boolean> declared(Syntax.LayerText layer, boolean first) {
        Map<String, Boolean> own = new LinkedHashMap<>();
        Set<String> gone = first ? Set.of() : matched(layer);
        layer.sizes().stream()
                .map(s -> s.name().text())
                .filter(name -> !gone.contains(name))
                .forEach(name -> own.putIfAbsent(name, false));
        for (Syntax.Statement statement : layer.statements()) {
            if (statement instanceof Syntax.FunctionText f) {
                own.putIfAbsent(f.name().text(), false);
            } else if (statement instanceof Syntax.Given || statement instanceof Syntax.Defined) {
                own.putIfAbsent(Declarations.name(statement), true);
            }
        }
        return own;
    }

    private static String numbered(String name, int number) {
        String stem = name.substring(0, Math.min(name.length(), Identifiers.LONGEST - 8));
        return stem + (Character.isDigit(stem.charAt(stem.length() - 1)) ? "_" : "") + number;
    }

    /** As {@link Declarations} judges two names within one layer. */
    private boolean isFree(String name, boolean tensor) {
        return !taken.contains(name)
                && !(tensor && (tensors.containsKey(name.toLowerCase(Locale.ROOT)) || isDerived(name)));
    }

    /** Whether the class calls the gradient or the error of a tensor so, or those of this one as a tensor. */
    private boolean isDerived(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        for (String prefix : List.of("grad", "delta")) {
            if (small.startsWith(prefix) && tensors.containsKey(small.substring(prefix.length()))
                    || tensors.containsKey(prefix + small)) {
                return true;
            }
        }
        return false;
    }
}
