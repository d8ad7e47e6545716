package dev.adjoint.it.digits;

import dev.adjoint.it.digits.layers.Descent;
import java.util.Random;

/** What one layer learns: its values, their gradient, and the step against it. */
final class Weights {
    final float[] values;
    /** Where backward passes write. */
    final float[] gradient;

    private final Descent descent;

    private Weights(int length) {
        descent = new Descent(length);
        values = new float[length];
        gradient = new float[length];
    }

    /** Normally distributed, so that sums of this many inputs keep their size where a ReLU then cuts half of them. */
    static Weights random(int length, int inputs, Random random) {
        Weights weights = new Weights(length);
        for (int i = 0; i < length; i++) {
            weights.values[i] = (float) (random.nextGaussian() * Math.sqrt(2.0 / inputs));
        }
        return weights;
    }

    static Weights zero(int length) {
        return new Weights(length);
    }

    /** In place, as the generated class allows. */
    void step(float[] rate) {
        descent.forward(values, gradient, rate, values);
    }
}
