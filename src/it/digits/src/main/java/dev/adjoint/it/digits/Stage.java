package dev.adjoint.it.digits;

import dev.adjoint.it.digits.layers.Convolution;
import dev.adjoint.it.digits.layers.Pooling;
import dev.adjoint.it.digits.layers.Rectifier;
import java.util.Random;

/** Convolution with 5 × 5 kernels, ReLU, and the maximum of every 2 × 2 values. */
final class Stage {
    private static final int KERNEL = 5;

    private final Convolution convolution;
    private final Rectifier rectifier;
    private final Pooling pooling;
    private final Weights w;
    private final Weights b;

    private float[] input = {};
    private final float[] convolved;
    private final float[] rectified;
    private final float[] output;
    private final float[] gradInput;
    private final float[] gradConvolved;
    private final float[] gradRectified;

    /** For batches of images of {@code channels × side × side} values, with a bank of {@code planes} kernels. */
    Stage(int batch, int channels, int side, int planes, Random random) {
        int convolvedSide = side - KERNEL + 1;
        convolution = new Convolution(batch, channels, side, side, planes);
        rectifier = new Rectifier(convolution.lengthX());
        pooling = new Pooling(batch, planes, convolvedSide, convolvedSide);
        w = Weights.random(convolution.lengthW(), channels * KERNEL * KERNEL, random);
        b = Weights.zero(convolution.lengthB());
        convolved = new float[convolution.lengthX()];
        rectified = new float[rectifier.lengthY()];
        output = new float[pooling.lengthY()];
        gradInput = new float[convolution.lengthO()];
        gradConvolved = new float[convolved.length];
        gradRectified = new float[rectified.length];
    }

    float[] forward(float[] input) {
        this.input = input;
        convolution.forward(input, w.values, b.values, convolved);
        rectifier.forward(convolved, rectified);
        pooling.forward(rectified, output);
        return output;
    }

    /** The gradients of the weights, from that of the output. */
    void backward(float[] gradOutput) {
        pooling.backward(gradOutput, rectified, gradRectified);
        rectifier.backward(gradRectified, convolved, gradConvolved);
        convolution.gradW(gradConvolved, input, w.values, b.values, w.gradient);
        convolution.gradB(gradConvolved, input, w.values, b.values, b.gradient);
    }

    /** After {@link #backward}, the gradient of the input; the first stage's, the images, needs none. */
    float[] gradInput() {
        convolution.gradO(gradConvolved, input, w.values, b.values, gradInput);
        return gradInput;
    }

    void step(float[] rate) {
        w.step(rate);
        b.step(rate);
    }
}
