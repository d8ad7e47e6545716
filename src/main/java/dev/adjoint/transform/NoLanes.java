package dev.adjoint.transform;

/** Something that vectors do not compute. */
final class NoLanes extends RuntimeException {
    NoLanes(String what) {
        super(what, null, false, false);
    }
}
