package dev.adjoint.lang;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that can be seen from a place, the inner ones before the outer. */
final class Names {
    private final @Nullable Names outer;
    private final Map<String, Symbol> here;

    private Names(@Nullable Names outer, Map<String, Symbol> here) {
        this.outer = outer;
        this.here = here;
    }

    static Names empty() {
        return new Names(null, new LinkedHashMap<>());
    }

    /** A room inside this one, to which names can be added. */
    Names inside() {
        return new Names(this, new LinkedHashMap<>());
    }

    Names with(String name, Symbol symbol) {
        Names inner = inside();
        inner.put(name, symbol);
        return inner;
    }

    void put(String name, Symbol symbol) {
        here.put(name, symbol);
    }

    @Nullable
    Symbol find(String name) {
        for (Names names = this; names != null; names = names.outer) {
            Symbol symbol = names.here.get(name);
            if (symbol != null) {
                return symbol;
            }
        }
        return null;
    }

    /** Every name that can be seen. */
    Set<String> all() {
        Set<String> all = new LinkedHashSet<>();
        for (Names names = this; names != null; names = names.outer) {
            all.addAll(names.here.keySet());
        }
        return all;
    }
}
