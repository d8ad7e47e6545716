package dev.adjoint.bench;

/** One pass of a generated class, over arrays that it was given. */
public interface Pass {
    void run(float[] o, float[] w, float[] b, float[] delta, float[] x, float[] gradO, float[] gradW);
}
