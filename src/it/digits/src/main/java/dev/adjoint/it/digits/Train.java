package dev.adjoint.it.digits;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/** Trains the network on 8,000 handwritten digits and says how many of 2,000 others it reads. Every run is the same. */
public final class Train {
    private static final long SEED = 20170521;
    private static final int EPOCHS = 5;
    private static final int BATCH = 8;
    private static final float RATE = 0.06f;

    private final float[] images = new float[BATCH * Digits.AREA];
    private final int[] labels = new int[BATCH];
    private final float[] rate = new float[1];
    private final Random random = new Random(SEED);
    private final Network network = new Network(BATCH, random);

    /** @param args the directory of the digits; {@code data} if there is none */
    public static void main(String[] args) throws IOException {
        Path data = Path.of(args.length > 0 ? args[0] : "data");
        new Train().run(Digits.read(data, "train"), Digits.read(data, "test"));
    }

    private void run(Digits train, Digits test) {
        System.out.printf("%d digits to learn, %d to test, seed %d%n", train.count(), test.count(), SEED);
        long start = System.nanoTime();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            double error = learn(train, epoch);
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(Locale.ROOT, "epoch %d: mean error %.4f, %.0f s%n", epoch + 1, error, seconds);
        }
        System.out.printf(Locale.ROOT, "accuracy: %.2f %%%n", accuracy(test));
    }

    /** One epoch: every digit once, in a new order. Returns the mean error. */
    private double learn(Digits digits, int epoch) {
        int[] order = shuffled(digits.count());
        int batches = order.length / BATCH;
        double sum = 0;
        for (int i = 0; i < batches; i++) {
            // Falls evenly to zero over all epochs.
            rate[0] = RATE * (1 - (epoch + (float) i / batches) / EPOCHS);
            digits.copy(order, i * BATCH, images, labels);
            sum += network.train(images, labels, rate);
        }
        return sum / batches;
    }

    /** How many of the digits are read right, in percent. */
    private double accuracy(Digits digits) {
        int[] order = IntStream.range(0, digits.count()).toArray();
        int batches = order.length / BATCH;
        int correct = 0;
        for (int i = 0; i < batches; i++) {
            digits.copy(order, i * BATCH, images, labels);
            correct += network.correct(images, labels);
        }
        return 100.0 * correct / (batches * BATCH);
    }

    private int[] shuffled(int count) {
        int[] order = IntStream.range(0, count).toArray();
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int digit = order[i];
            order[i] = order[other];
            order[other] = digit;
        }
        return order;
    }
}
