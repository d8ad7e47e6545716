package dev.adjoint.it.digits;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/** Trains the network on 8,000 digits and says how many of 2,000 others it then reads. The same on every run. */
public final class Train {
    private static final long SEED = 20170521;
    private static final int EPOCHS = 5;
    private static final float RATE = 0.02f;
    private static final float DECAY = 0.9f;

    private final Digits train;
    private final Digits test;
    private final Random random = new Random(SEED);
    private final Network network = new Network(random);

    private Train(Digits train, Digits test) {
        this.train = train;
        this.test = test;
    }

    /** @param args the directory of the digits; {@code data} if there is none */
    public static void main(String[] args) throws IOException {
        Path data = Path.of(args.length > 0 ? args[0] : "data");
        new Train(Digits.read(data, "train"), Digits.read(data, "test")).run();
    }

    private void run() {
        long start = System.nanoTime();
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            // The rate falls along a cosine, epoch by epoch.
            float rate = (float) (RATE * 0.5 * (1 + Math.cos(Math.PI * (epoch - 1) / EPOCHS)));
            double error = epoch(rate);
            System.out.printf(
                    Locale.ROOT,
                    "epoch %d: error %.4f, %.2f %% of the test images, %.1f s%n",
                    epoch,
                    error,
                    accuracy(),
                    (System.nanoTime() - start) / 1e9);
        }
        System.out.printf(Locale.ROOT, "accuracy: %.2f %%%n", accuracy());
    }

    /** Every training image once, in a new order, moved by up to one pixel. Returns the mean error. */
    private double epoch(float rate) {
        int[] order = shuffled(train.count());
        double sum = 0;
        int batches = train.count() / Network.BATCH;
        for (int b = 0; b < batches; b++) {
            for (int n = 0; n < Network.BATCH; n++) {
                int image = order[b * Network.BATCH + n];
                train.copy(image, random.nextInt(3) - 1, random.nextInt(3) - 1, network.images, n);
                network.labels[n] = train.labels()[image];
            }
            sum += network.forward();
            network.backward();
            network.step(rate, DECAY);
        }
        return sum / batches;
    }

    /** How many of the test images are read right, in percent. */
    private double accuracy() {
        int correct = 0;
        int batches = test.count() / Network.BATCH;
        for (int b = 0; b < batches; b++) {
            for (int n = 0; n < Network.BATCH; n++) {
                int image = b * Network.BATCH + n;
                test.copy(image, 0, 0, network.images, n);
                network.labels[n] = test.labels()[image];
            }
            network.forward();
            correct += network.correct();
        }
        return 100.0 * correct / (batches * Network.BATCH);
    }

    private int[] shuffled(int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }
}
