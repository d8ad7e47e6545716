package com.acme;

import com.acme.layers.Correlation3x3;
import com.acme.layers.Pooling;
import java.util.Arrays;

/** Where an image turns from dark to bright. */
public final class Edges {
    private Edges() {}

    /** The strongest edge of each 2 × 2 pixels of an image of 6 × 6, and what each pixel contributes to their sum. */
    public static String find(float[] image) {
        Correlation3x3 correlation = new Correlation3x3(6, 6);
        Pooling pooling = new Pooling(4, 4);
        float[] kernel = {-1, 0, 1, -1, 0, 1, -1, 0, 1};
        float[] edges = new float[correlation.lengthX()];
        float[] strongest = new float[pooling.lengthY()];
        correlation.forward(image, kernel, edges);
        pooling.forward(edges, strongest);

        float[] one = new float[strongest.length];
        Arrays.fill(one, 1);
        float[] gradEdges = new float[edges.length];
        float[] gradImage = new float[image.length];
        float[] gradKernel = new float[kernel.length];
        pooling.backward(one, edges, gradEdges);
        correlation.backward(gradEdges, image, kernel, gradImage, gradKernel);
        return Arrays.toString(strongest) + " " + Arrays.toString(gradKernel);
    }
}
