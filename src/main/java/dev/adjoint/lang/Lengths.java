package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Diagnostics;
import dev.adjoint.diagnostic.Place;
import dev.adjoint.index.IntExpr;

/** Whether the tensors of a class fit into Java's arrays, as far as their sizes are bound. */
final class Lengths {
    private Lengths() {}

    static boolean fit(Layer layer, Place place, Diagnostics found) {
        boolean good = true;
        for (Tensor tensor : layer.tensors()) {
            long length = 1;
            for (IntExpr extent : tensor.shape()) {
                // A factor that is open is at least 1.
                long factor = extent.asConstant().orElse(1);
                length = factor > Integer.MAX_VALUE || length > Integer.MAX_VALUE ? Long.MAX_VALUE : length * factor;
            }
            if (length > Integer.MAX_VALUE) {
                found.add(Diagnostic.error(
                                Codes.L072.name(),
                                place,
                                "`" + tensor.name() + "` has the shape " + tensor.shape()
                                        + ", more entries than an array can hold")
                        .note("it is declared here", tensor.place()));
                good = false;
            }
        }
        return good;
    }
}
