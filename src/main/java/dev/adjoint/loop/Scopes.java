package dev.adjoint.loop;

import dev.adjoint.expr.Names;
import java.util.HashSet;
import java.util.Set;

/** Hands out names of locals that nothing else in a class has. */
public final class Scopes {
    private final Set<String> taken;

    /** @param taken names that are never handed out */
    public Scopes(Set<String> taken) {
        this.taken = new HashSet<>(taken);
    }

    /** The name itself or one made of it, until {@link #leave}. */
    public String enter(String name) {
        String free = Names.fresh(name, taken);
        taken.add(free);
        return free;
    }

    /** Nothing else may have this name. */
    public void take(String name) {
        taken.add(name);
    }

    /** The name is free again. */
    public void leave(String name) {
        taken.remove(name);
    }
}
