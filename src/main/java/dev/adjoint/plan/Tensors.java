package dev.adjoint.plan;

import dev.adjoint.expr.Ref;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which buffer holds which tensor, error or gradient; intermediates that the planner adds are values too. */
final class Tensors {
    private final Map<Ref, Buffer> buffers = new LinkedHashMap<>();

    void put(Ref ref, Buffer buffer) {
        buffers.put(plain(ref), buffer);
    }

    Buffer of(Ref ref) {
        Buffer buffer = buffers.get(plain(ref));
        if (buffer == null) {
            throw new IllegalStateException("no buffer holds " + ref);
        }
        return buffer;
    }

    boolean knows(Ref ref) {
        return buffers.containsKey(plain(ref));
    }

    Iterable<Buffer> all() {
        return buffers.values();
    }

    /** {@code delta} and {@code delta.x} are the same error. */
    static Ref plain(Ref ref) {
        return new Ref(ref.kind(), ref.name(), false);
    }
}
