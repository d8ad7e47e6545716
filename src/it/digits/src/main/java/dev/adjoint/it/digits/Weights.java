package dev.adjoint.it.digits;

import dev.adjoint.it.digits.layers.Descent;
import java.util.Random;

/** The weights of one layer, their gradient, and their way down. */
final class Weights {
    /** Where backward passes write what pulls the weights. */
    final float[] gradient;

    private float[] values;
    private float[] velocity;
    private float[] nextValues;
    private float[] nextVelocity;
    private final Descent descent;
    private final float[] rate = new float[1];
    private final float[] decay = new float[1];

    /** Normally distributed, with a standard deviation of √(2 / inputs): what a ReLU halves stays as large. */
    Weights(int length, int inputs, Random random) {
        this(length);
        for (int i = 0; i < length; i++) {
            values[i] = (float) (random.nextGaussian() * Math.sqrt(2.0 / inputs));
        }
    }

    /** Zeros, for biases. */
    Weights(int length) {
        gradient = new float[length];
        values = new float[length];
        velocity = new float[length];
        nextValues = new float[length];
        nextVelocity = new float[length];
        descent = new Descent(length);
    }

    float[] values() {
        return values;
    }

    void step(float rate, float decay) {
        this.rate[0] = rate;
        this.decay[0] = decay;
        descent.forward(values, velocity, gradient, this.rate, this.decay, nextVelocity, nextValues);
        float[] old = values;
        values = nextValues;
        nextValues = old;
        old = velocity;
        velocity = nextVelocity;
        nextVelocity = old;
    }
}
