package dev.adjoint.bench;

/** A convolution that is timed: one image of C planes of H × W, D filters of K × K, stride 1, zero padding P. */
public enum Shape {
    /** The first convolution of LeNet. */
    A(1, 28, 28, 6, 5, 0),
    /** The second. */
    B(6, 14, 14, 16, 5, 0),
    /** Few planes, a border. */
    D(16, 32, 32, 32, 3, 1),
    /** The middle of a residual network. */
    E(64, 56, 56, 64, 3, 1);

    final int planes;
    final int height;
    final int width;
    final int filters;
    final int kernel;
    final int padding;

    Shape(int planes, int height, int width, int filters, int kernel, int padding) {
        this.planes = planes;
        this.height = height;
        this.width = width;
        this.filters = filters;
        this.kernel = kernel;
        this.padding = padding;
    }

    /** The spec of a class for this shape. */
    String spec(String className, String options) {
        return """
                package dev.adjoint.bench.generated;
                import adjoint.conv.Conv2d;
                generate %s = Conv2d[C = %d, H = %d, W = %d, D = %d, K1 = %d, K2 = %d, P = %d] { %s }
                """.formatted(className, planes, height, width, filters, kernel, kernel, padding, options);
    }

    private long outputs() {
        return (long) (height + 2 * padding - kernel + 1) * (width + 2 * padding - kernel + 1);
    }

    int lengthO() {
        return planes * height * width;
    }

    int lengthW() {
        return filters * planes * kernel * kernel;
    }

    int lengthX() {
        return (int) (filters * outputs());
    }

    /** Multiplications and additions of one pass, those with the border counted, as is the custom. */
    double flops() {
        return 2.0 * filters * outputs() * planes * kernel * kernel;
    }
}
