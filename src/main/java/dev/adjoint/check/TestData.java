package dev.adjoint.check;

import java.util.Arrays;
import java.util.Random;

/** Random data without symmetry, exact in float, so that the same numbers reach the class in float and its twin. */
enum TestData {
    /** Pairwise different, spaced evenly over (−2, 2) with some play, in random order: no ties, few kinks. */
    DISTINCT("distinct values in (-2, 2)") {
        @Override
        double[] draw(int length, Random random) {
            return spaced(length, -2, 2, random);
        }
    },
    /** For logarithms, roots and quotients. */
    POSITIVE("distinct values in (0.25, 2.25)") {
        @Override
        double[] draw(int length, Random random) {
            return spaced(length, 0.25, 2.25, random);
        }
    },
    /** For what lies below 1. */
    SMALL("distinct values in (0.05, 0.95)") {
        @Override
        double[] draw(int length, Random random) {
            return spaced(length, 0.05, 0.95, random);
        }
    },
    /** Mostly zeros: norms of zeros, kinks at 0, powers of 0, conditions that hold nowhere. */
    ZEROS("mostly zeros") {
        @Override
        double[] draw(int length, Random random) {
            return random.doubles(length)
                    .map(u -> Math.max(0, Math.floor(u * 8) - 4))
                    .map(v -> v == 3 ? -1 : v)
                    .toArray();
        }
    },
    /** Small integers, full of ties and zeros: what conventions decide. */
    TIES("ties among -1, 0, 1, 2") {
        @Override
        double[] draw(int length, Random random) {
            return random.doubles(length).map(u -> Math.floor(u * 4) - 1).toArray();
        }
    };

    private final String text;

    TestData(String text) {
        this.text = text;
    }

    abstract double[] draw(int length, Random random);

    private static double[] spaced(int length, double lo, double hi, Random random) {
        double[] values = new double[length];
        double spacing = (hi - lo) / length;
        for (int k = 0; k < length; k++) {
            values[k] = (float) (lo + spacing * (k + 0.25 + random.nextDouble() / 2));
        }
        for (int k = length - 1; k > 0; k--) {
            int other = random.nextInt(k + 1);
            double swapped = values[k];
            values[k] = values[other];
            values[other] = swapped;
        }
        return values;
    }

    static int[] integers(int length, long limit, Random random) {
        int[] entries = new int[length];
        Arrays.setAll(entries, k -> (int) Math.floor(random.nextDouble() * limit));
        return entries;
    }

    @Override
    public String toString() {
        return text;
    }
}
