package com.acme;

import com.acme.layers.Scaling;

/** Does not compile unless the generated class is compiled with it. */
public final class Scaled {
    private Scaled() {}

    /** What the generated class makes of 1. */
    public static float one() {
        float[] result = new float[1];
        new Scaling(1).forward(new float[] {1}, result);
        return result[0];
    }
}
