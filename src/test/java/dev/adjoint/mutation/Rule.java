package dev.adjoint.mutation;

import java.util.function.BiConsumer;

/** All edits of one sort: what a node may become, by the kind of edit. */
@FunctionalInterface
interface Rule {
    /** @param found takes the kind of edit and what stands in the node's stead */
    void at(Place place, BiConsumer<String, Tree> found);
}
