package dev.adjoint.transform;

import dev.adjoint.loop.Step;
import java.util.List;

/** Makes a method of its own of statements, and calls it. */
public interface Outline {
    /** @param indices of the loops around that the statements mention */
    Step call(Step body, List<String> indices);
}
