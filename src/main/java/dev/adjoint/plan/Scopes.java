package dev.adjoint.plan;

import dev.adjoint.expr.Names;
import java.util.HashSet;
import java.util.Set;

/** Hands out names of locals that nothing else in a class has. */
final class Scopes {
    private final Set<String> taken;

    Scopes(Set<String> taken) {
        this.taken = new HashSet<>(taken);
    }

    /** The name itself or one made of it, until {@link #leave}. */
    String enter(String name) {
        String free = Names.fresh(name, taken);
        taken.add(free);
        return free;
    }

    /** Nothing else may have this name. */
    void take(String name) {
        taken.add(name);
    }

    void leave(String name) {
        taken.remove(name);
    }
}
