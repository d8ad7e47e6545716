package dev.adjoint.it.digits;

import dev.adjoint.it.digits.layers.Classifier;
import dev.adjoint.it.digits.layers.Convolution1;
import dev.adjoint.it.digits.layers.Convolution2;
import dev.adjoint.it.digits.layers.Loss;
import dev.adjoint.it.digits.layers.Pixels;
import dev.adjoint.it.digits.layers.Pooling1;
import dev.adjoint.it.digits.layers.Pooling2;
import dev.adjoint.it.digits.layers.Rectifier;
import java.util.Random;

/**
 * A small LeNet of generated layers: convolution, ReLU, max pooling, again, fully connected, softmax with
 * cross-entropy. Works on a batch of images at a time; allocates nothing after its construction.
 */
final class Network {
    static final int BATCH = 16;
    static final int CLASSES = 10;

    private static final float MEAN = 0.1307f;
    private static final float DEVIATION = 0.3081f;

    private final Pixels pixels = new Pixels(BATCH * Digits.AREA);
    private final Convolution1 convolution1 = new Convolution1();
    private final Rectifier rectifier1 = new Rectifier(convolution1.lengthX());
    private final Pooling1 pooling1 = new Pooling1();
    private final Convolution2 convolution2 = new Convolution2();
    private final Rectifier rectifier2 = new Rectifier(convolution2.lengthX());
    private final Pooling2 pooling2 = new Pooling2();
    private final Classifier classifier = new Classifier();
    private final Loss loss = new Loss();

    private final Weights w1;
    private final Weights b1 = new Weights(convolution1.lengthB());
    private final Weights w2;
    private final Weights b2 = new Weights(convolution2.lengthB());
    private final Weights w3;
    private final Weights b3 = new Weights(classifier.lengthB());

    /** What the network sees, and what it should say; filled by the caller. */
    final float[] images = new float[pixels.lengthPixel()];

    final int[] labels = new int[loss.lengthT()];

    private final float[] mean = {MEAN};
    private final float[] deviation = {DEVIATION};
    private final float[] one = {1};
    private final float[] error = new float[1];

    // What each layer makes of what it gets, and dE/d of the same.
    private final float[] x = new float[pixels.lengthX()];
    private final float[] c1 = new float[convolution1.lengthX()];
    private final float[] r1 = new float[c1.length];
    private final float[] p1 = new float[pooling1.lengthY()];
    private final float[] c2 = new float[convolution2.lengthX()];
    private final float[] r2 = new float[c2.length];
    private final float[] p2 = new float[pooling2.lengthY()];
    private final float[] z = new float[classifier.lengthX()];
    private final float[] gradC1 = new float[c1.length];
    private final float[] gradR1 = new float[r1.length];
    private final float[] gradP1 = new float[p1.length];
    private final float[] gradC2 = new float[c2.length];
    private final float[] gradR2 = new float[r2.length];
    private final float[] gradP2 = new float[p2.length];
    private final float[] gradZ = new float[z.length];

    Network(Random random) {
        w1 = new Weights(convolution1.lengthW(), 25, random);
        w2 = new Weights(convolution2.lengthW(), 8 * 25, random);
        w3 = new Weights(classifier.lengthW(), 256, random);
    }

    /**
     * From images to the mean cross-entropy of what they are taken for.
     *
     * @return the error
     */
    float forward() {
        pixels.forward(images, mean, deviation, x);
        convolution1.forward(x, w1.values(), b1.values(), c1);
        rectifier1.forward(c1, r1);
        pooling1.forward(r1, p1);
        convolution2.forward(p1, w2.values(), b2.values(), c2);
        rectifier2.forward(c2, r2);
        pooling2.forward(r2, p2);
        classifier.forward(p2, w3.values(), b3.values(), z);
        loss.forward(z, labels, error);
        return error[0];
    }

    /** The error sent back through every layer; the images themselves need no gradient. */
    void backward() {
        loss.backward(one, z, labels, gradZ);
        classifier.backward(gradZ, p2, w3.values(), b3.values(), gradP2, w3.gradient, b3.gradient);
        pooling2.backward(gradP2, r2, gradR2);
        rectifier2.backward(gradR2, c2, gradC2);
        convolution2.backward(gradC2, p1, w2.values(), b2.values(), gradP1, w2.gradient, b2.gradient);
        pooling1.backward(gradP1, r1, gradR1);
        rectifier1.backward(gradR1, c1, gradC1);
        convolution1.gradW(gradC1, x, w1.values(), b1.values(), w1.gradient);
        convolution1.gradB(gradC1, x, w1.values(), b1.values(), b1.gradient);
    }

    /** One step down the gradients. */
    void step(float rate, float decay) {
        w1.step(rate, decay);
        b1.step(rate, decay);
        w2.step(rate, decay);
        b2.step(rate, decay);
        w3.step(rate, decay);
        b3.step(rate, decay);
    }

    /** How many images of the batch got the largest value at their own label, after {@link #forward}. */
    int correct() {
        int correct = 0;
        for (int n = 0; n < BATCH; n++) {
            int best = 0;
            for (int k = 1; k < CLASSES; k++) {
                best = z[n * CLASSES + k] > z[n * CLASSES + best] ? k : best;
            }
            correct += best == labels[n] ? 1 : 0;
        }
        return correct;
    }
}
