package dev.adjoint.it.digits;

import dev.adjoint.it.digits.layers.Correct;
import dev.adjoint.it.digits.layers.FullyConnected;
import dev.adjoint.it.digits.layers.Loss;
import dev.adjoint.it.digits.layers.Standardization;
import java.util.Random;

/**
 * A small LeNet: two stages of convolution, ReLU and pooling, a fully connected layer, softmax with cross-entropy.
 *
 * <pre>
 * 1 × 28 × 28  →  8 × 24 × 24  →  8 × 12 × 12  →  32 × 8 × 8  →  32 × 4 × 4  →  10
 * </pre>
 */
final class Network {
    private static final int CLASSES = 10;
    private static final float[] ONE = {1};

    private final Standardization standardization;
    private final Stage stage1;
    private final Stage stage2;
    private final FullyConnected last;
    private final Weights w;
    private final Weights b;
    private final Loss loss;
    private final Correct correct;

    private final float[] x;
    private final float[] z;
    private final float[] gradZ;
    private final float[] gradFeatures;
    private final float[] result = new float[1];
    private float[] features = {};

    Network(int batch, Random random) {
        standardization = new Standardization(batch * Digits.AREA);
        stage1 = new Stage(batch, 1, Digits.SIDE, 8, random);
        stage2 = new Stage(batch, 8, 12, 32, random);
        last = new FullyConnected(batch, 32 * 4 * 4, CLASSES);
        // All zero: at first every digit is as likely as any other.
        w = Weights.zero(last.lengthW());
        b = Weights.zero(last.lengthB());
        loss = new Loss(batch, CLASSES);
        correct = new Correct(batch, CLASSES);
        x = new float[standardization.lengthX()];
        z = new float[last.lengthX()];
        gradZ = new float[last.lengthX()];
        gradFeatures = new float[last.lengthO()];
    }

    /** One step of gradient descent on a batch of images; returns their mean cross-entropy before it. */
    float train(float[] images, int[] labels, float[] rate) {
        forward(images);
        loss.forward(z, labels, result);
        backward(labels);
        stage1.step(rate);
        stage2.step(rate);
        w.step(rate);
        b.step(rate);
        return result[0];
    }

    /** How many images of a batch are taken for what they are. */
    int correct(float[] images, int[] labels) {
        forward(images);
        correct.forward(z, labels, result);
        return (int) result[0];
    }

    private void forward(float[] images) {
        standardization.forward(images, x);
        features = stage2.forward(stage1.forward(x));
        last.forward(features, w.values, b.values, z);
    }

    private void backward(int[] labels) {
        loss.backward(ONE, z, labels, gradZ);
        last.backward(gradZ, features, w.values, b.values, gradFeatures, w.gradient, b.gradient);
        stage2.backward(gradFeatures);
        stage1.backward(stage2.gradInput());
    }
}
