package dev.adjoint.lift;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Verification;

/** Reads Java methods as equations: the way into this room. */
public final class Lift {
    private static final int MOST_LAYOUTS = 200;

    private Lift() {}

    /**
     * The layer that a forward pass alone computes, as the text of a spec. The Javadoc of the method declares the
     * layer's tensors, the output without its equation: {@code layer Conv[H, K] { input o[H] param w[K] output x[i <
     * H-K+1] }}; they are found in the method by their names, the output also as what it returns.
     *
     * @throws AdjointException if nothing is declared, or the method cannot be read as an equation
     */
    public static String layer(String className, String method, JavaSources sources) {
        return Forward.layer(className, method, sources);
    }

    /**
     * What a method computes, as a claim of the layer.
     *
     * @throws AdjointException if the method is not found or cannot be read as an equation; the diagnostic names the
     *     construct, its place in the Java file, and why
     */
    public static Lifted lift(Layer layer, Verification verification, JavaSources sources) {
        Layouts layouts = new Layouts();
        try {
            for (int tries = 0; tries < MOST_LAYOUTS; tries++) {
                try {
                    return new Lifting(layer, verification, sources, layouts).lift();
                } catch (Layouts.Changed changed) {
                    continue;
                }
            }
        } catch (Refusal refusal) {
            throw new AdjointException(refusal.diagnostic());
        } catch (ArithmeticException overflow) {
            throw new AdjointException(Diagnostic.error(
                    Messages.TYPE,
                    verification.place(),
                    "an integer of `" + verification.method() + "` does not fit 64 bits: " + overflow.getMessage()));
        } catch (StackOverflowError tooDeep) {
            throw new AdjointException(Diagnostic.error(
                    Messages.CONSTRUCT,
                    verification.place(),
                    "`" + verification.method() + "` is nested too deeply to be read"));
        }
        throw new AdjointException(Diagnostic.error(
                Messages.SHAPE,
                verification.place(),
                "the offsets of `" + verification.method() + "` fit no layout of its arrays"));
    }
}
