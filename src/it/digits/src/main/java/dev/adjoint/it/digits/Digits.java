package dev.adjoint.it.digits;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Handwritten digits: images of 28 × 28 pixels from 0 to 255, one after the other, and what they show.
 *
 * @param labels from 0 to 9, one an image
 */
record Digits(byte[] pixels, byte[] labels) {
    static final int SIDE = 28;
    static final int AREA = SIDE * SIDE;

    private static final int IMAGES = 0x803;
    private static final int LABELS = 0x801;

    /** Reads a pair of files in the IDX format, as {@code mnist-test-images.idx3-ubyte.gz} for the name "test". */
    static Digits read(Path directory, String name) throws IOException {
        byte[] pixels = read(directory.resolve("mnist-" + name + "-images.idx3-ubyte.gz"), IMAGES);
        byte[] labels = read(directory.resolve("mnist-" + name + "-labels.idx1-ubyte.gz"), LABELS);
        if (pixels.length != labels.length * AREA) {
            throw new IOException(labels.length + " labels for " + pixels.length / AREA + " images");
        }
        return new Digits(pixels, labels);
    }

    private static byte[] read(Path file, int magic) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                DataInputStream in = new DataInputStream(new GZIPInputStream(raw))) {
            if (in.readInt() != magic) {
                throw new IOException(file + " is not what its name says");
            }
            int length = 1;
            for (int axis = 0; axis < (magic & 0xFF); axis++) {
                length *= in.readInt();
            }
            byte[] values = in.readNBytes(length);
            if (values.length < length) {
                throw new IOException(file + " ends early");
            }
            return values;
        }
    }

    int count() {
        return labels.length;
    }

    /** Fills a batch with the digits that stand in the order from a place on. */
    void copy(int[] order, int from, float[] batchPixels, int[] batchLabels) {
        for (int n = 0; n < batchLabels.length; n++) {
            int digit = order[from + n];
            batchLabels[n] = labels[digit];
            for (int p = 0; p < AREA; p++) {
                batchPixels[n * AREA + p] = pixels[digit * AREA + p] & 0xFF;
            }
        }
    }
}
