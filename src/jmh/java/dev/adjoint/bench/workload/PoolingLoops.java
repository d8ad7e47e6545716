package dev.adjoint.bench.workload;

/** Pooling as its definition has it, window by window. */
final class PoolingLoops {
    private PoolingLoops() {}

    static double[] compute(Pooling pooling, Pass pass, Operands at) {
        double[] result = new double[pooling.results(pass)];
        Axis rows = pooling.rows();
        Axis columns = pooling.columns();
        int x = 0;
        for (int c = 0; c < pooling.channels(); c++) {
            int plane = c * rows.size() * columns.size();
            for (int i = 0; i < rows.outputs(); i++) {
                for (int j = 0; j < columns.outputs(); j++, x++) {
                    if (pooling.kind() == Pooling.Kind.MAX) {
                        int winner = winner(pooling, at.input(), plane, i, j);
                        if (pass == Pass.FORWARD) {
                            result[x] = at.input()[winner];
                        } else {
                            result[winner] += at.delta()[x];
                        }
                    } else {
                        average(pooling, pass, at, result, x, plane, i, j);
                    }
                }
            }
        }
        return result;
    }

    /** The first place of the largest value. */
    private static int winner(Pooling pooling, float[] input, int plane, int i, int j) {
        int winner = -1;
        for (int k = 0; k < pooling.rows().kernel(); k++) {
            for (int l = 0; l < pooling.columns().kernel(); l++) {
                int row = pooling.rows().read(i, k);
                int column = pooling.columns().read(j, l);
                int place = plane + row * pooling.columns().size() + column;
                if (row >= 0 && column >= 0 && (winner < 0 || input[place] > input[winner])) {
                    winner = place;
                }
            }
        }
        return winner;
    }

    private static void average(
            Pooling pooling, Pass pass, Operands at, double[] result, int x, int plane, int i, int j) {
        double area = pooling.rows().kernel() * pooling.columns().kernel();
        for (int k = 0; k < pooling.rows().kernel(); k++) {
            for (int l = 0; l < pooling.columns().kernel(); l++) {
                int row = pooling.rows().read(i, k);
                int column = pooling.columns().read(j, l);
                if (row >= 0 && column >= 0) {
                    int place = plane + row * pooling.columns().size() + column;
                    if (pass == Pass.FORWARD) {
                        result[x] += at.input()[place] / area;
                    } else {
                        result[place] += at.delta()[x] / area;
                    }
                }
            }
        }
    }
}
