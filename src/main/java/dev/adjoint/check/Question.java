package dev.adjoint.check;

import java.io.Serializable;

/** What the other JVM is asked: it finds the answer there, and what goes wrong is an answer too. */
interface Question<A> extends Serializable {
    /**
     * The answer, found in the other JVM.
     *
     * @throws Instance.Broken if a class broke its contract
     */
    A answer() throws Instance.Broken;

    /** The answer where none was found, with the reason. */
    A failed(String failure);
}
