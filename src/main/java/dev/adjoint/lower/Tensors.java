package dev.adjoint.lower;

import dev.adjoint.expr.Ref;
import dev.adjoint.loop.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which buffer holds which tensor, error or gradient; intermediates that the planner adds are values too. */
public final class Tensors {
    private final Map<Ref, Buffer> buffers = new LinkedHashMap<>();

    /** From here on the buffer holds the tensor. */
    public void put(Ref ref, Buffer buffer) {
        buffers.put(plain(ref), buffer);
    }

    /** @throws IllegalStateException if no buffer holds the tensor */
    public Buffer of(Ref ref) {
        Buffer buffer = buffers.get(plain(ref));
        if (buffer == null) {
            throw new IllegalStateException("no buffer holds " + ref);
        }
        return buffer;
    }

    /** Whether a buffer holds the tensor. */
    public boolean knows(Ref ref) {
        return buffers.containsKey(plain(ref));
    }

    /** The buffers of all tensors, in the order in which they were put. */
    public Iterable<Buffer> all() {
        return buffers.values();
    }

    /** {@code delta} and {@code delta.x} are the same error. */
    public static Ref plain(Ref ref) {
        return new Ref(ref.kind(), ref.name(), false);
    }
}
