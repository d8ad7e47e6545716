package dev.adjoint.loop;

import java.util.List;

/**
 * A private method of a generated class.
 *
 * @param notes what it does, a sentence a line
 * @param buffers what it reads and writes
 * @param ints the integers that it takes
 */
public record Routine(String name, List<String> notes, List<Buffer> buffers, List<String> ints, Step body) {
    public Routine {
        notes = List.copyOf(notes);
        buffers = List.copyOf(buffers);
        ints = List.copyOf(ints);
    }
}
