/** Prints the largest error of each function that emitted classes compute, in units in the last place. */
public final class Measure {
    private static final int COUNT = 4096;

    private Measure() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        int step = Integer.parseInt(arguments[0]);
        for (int k = 1; k < arguments.length; k++) {
            measure(arguments[k], step);
        }
    }

    private static void measure(String function, int step) throws ReflectiveOperationException {
        Class<?> type = Class.forName("lanes.Of" + function);
        Object layer = type.getConstructor(int.class).newInstance(COUNT);
        if (!type.getMethod("target").invoke(layer).toString().startsWith("Vector API")) {
            throw new IllegalStateException("no vectors: " + type.getMethod("target").invoke(layer));
        }
        java.lang.reflect.Method forward = type.getMethod("forward", float[].class, float[].class);
        float[] x = new float[COUNT];
        float[] y = new float[COUNT];
        double largest = 0;
        float where = 0;
        long bits = Integer.MIN_VALUE;
        while (bits <= Integer.MAX_VALUE) {
            for (int k = 0; k < COUNT; k++) {
                x[k] = Float.intBitsToFloat((int) Math.min(bits, Integer.MAX_VALUE));
                bits += step;
            }
            special(x);
            forward.invoke(layer, x, y);
            for (int k = 0; k < COUNT; k++) {
                double error = error(y[k], exact(function, x[k]));
                if (!(error <= largest)) {
                    largest = error;
                    where = x[k];
                }
            }
        }
        System.out.println(function + " " + largest + " at " + where);
    }

    private static void special(float[] x) {
        float[] special = {
            0.0f, -0.0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, -Float.MIN_VALUE,
            Float.MIN_NORMAL, 1, -1, Float.MAX_VALUE, -Float.MAX_VALUE
        };
        System.arraycopy(special, 0, x, 0, special.length);
    }

    /** Where the exact value overflows or vanishes, the last number on this side is as good. */
    private static double error(float y, double exact) {
        float nearest = (float) exact;
        if (Float.compare(y, nearest) == 0) {
            return Math.abs(y - exact) > 0 && Float.isFinite(y) ? Math.abs(y - exact) / Math.ulp(nearest) : 0;
        }
        if (Float.isInfinite(nearest) || Float.isNaN(nearest) || exact == 0) {
            return Double.POSITIVE_INFINITY;
        }
        return Math.abs(y - exact) / Math.ulp(nearest);
    }

    private static double exact(String function, double x) {
        return switch (function) {
            case "exp" -> StrictMath.exp(x);
            case "log" -> StrictMath.log(x);
            case "log1p" -> StrictMath.log1p(x);
            case "tanh" -> StrictMath.tanh(x);
            case "sigmoid" -> x >= 0 ? 1 / (1 + StrictMath.exp(-x)) : StrictMath.exp(x) / (1 + StrictMath.exp(x));
            default -> erf(x);
        };
    }

    /** The series, or the continued fraction of the rest. */
    private static double erf(double x) {
        double a = Math.abs(x);
        double e = 1;
        if (a < 2.5) {
            double term = a;
            double sum = a;
            for (int k = 1; k < 100; k++) {
                term *= 2 * a * a / (2 * k + 1);
                sum += term;
            }
            e = 2 / Math.sqrt(Math.PI) * StrictMath.exp(-a * a) * sum;
        } else if (a < 6) {
            double rest = a;
            for (int k = 100; k > 0; k--) {
                rest = a + k / (2 * rest);
            }
            e = 1 - StrictMath.exp(-a * a) / (rest * Math.sqrt(Math.PI));
        }
        return Double.isNaN(x) ? x : Math.copySign(e, x);
    }
}
