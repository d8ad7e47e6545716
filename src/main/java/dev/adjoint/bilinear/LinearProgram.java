package dev.adjoint.bilinear;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * A straight-line program for {@code y = M x} with a constant M. {@link SharedSums} writes it; {@link #matrix} says what
 * it computes, exactly and whoever wrote it.
 *
 * @param inputs the length of x
 * @param steps each uses inputs and what the steps before it gave
 * @param outputs the numbers of the values that are y
 */
public record LinearProgram(int inputs, List<Operation> steps, List<Integer> outputs) {
    public LinearProgram {
        steps = List.copyOf(steps);
        outputs = List.copyOf(outputs);
    }

    /**
     * A program for {@code y = M x} that shares common sums; that it computes M is proved here, by exact evaluation on
     * the unit vectors, and that is enough, for a program without products of inputs is linear.
     *
     * @param matrix M, without zero rows
     */
    public static LinearProgram of(RationalMatrix matrix) {
        LinearProgram program = SharedSums.of(matrix);
        if (!program.matrix().equals(matrix)) {
            throw new IllegalStateException(
                    "the program multiplies with\n" + program.matrix() + "\ninstead of\n" + matrix);
        }
        return program;
    }

    /**
     * The program run on the given inputs.
     *
     * @return y
     */
    public <T> List<T> run(List<T> x, Arithmetic<T> in) {
        if (x.size() != inputs) {
            throw new IllegalArgumentException(x.size() + " inputs for a program of " + inputs);
        }
        List<T> values = new ArrayList<>(x);
        for (Operation step : steps) {
            if (step instanceof Operation.Add s) {
                values.add(in.add(values.get(s.left()), values.get(s.right())));
            } else if (step instanceof Operation.Subtract s) {
                values.add(in.subtract(values.get(s.left()), values.get(s.right())));
            } else if (step instanceof Operation.Scale s) {
                values.add(in.scale(s.factor(), values.get(s.of())));
            } else if (step instanceof Operation.MultiplyAdd s) {
                values.add(in.multiplyAdd(s.factor(), values.get(s.of()), values.get(s.plus())));
            } else if (step instanceof Operation.MultiplySubtract s) {
                values.add(in.multiplySubtract(s.factor(), values.get(s.of()), values.get(s.minus())));
            }
        }
        return outputs.stream().map(values::get).toList();
    }

    /** The M that this program multiplies with: column j is what it makes of the j-th unit vector. */
    public RationalMatrix matrix() {
        return columns(Arithmetic.EXACT);
    }

    /**
     * The matrix of {@code Σ_paths |Π factors|} from each input to each output: {@code |M|} if no two paths cancel. The
     * rounding errors of the program grow with it.
     */
    public RationalMatrix absolute() {
        return columns(PathSums.INSTANCE);
    }

    private RationalMatrix columns(Arithmetic<BigFraction> in) {
        List<List<BigFraction>> columns = IntStream.range(0, inputs)
                .mapToObj(j -> run(
                        IntStream.range(0, inputs)
                                .mapToObj(k -> k == j ? BigFraction.ONE : BigFraction.ZERO)
                                .toList(),
                        in))
                .toList();
        return new RationalMatrix(columns).transposed();
    }

    /**
     * The most roundings on a path from an input to an output. A multiplication by a power of two is exact; a factor
     * that is no number of the format is rounded itself.
     */
    public int roundings(Precision precision) {
        return run(IntStream.range(0, inputs).mapToObj(j -> 0).toList(), new Roundings(precision)).stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
    }

    /** The operations of one run. */
    public OperationCount count() {
        long scales = steps.stream().filter(Operation.Scale.class::isInstance).count();
        long fused = steps.stream()
                .filter(s -> s instanceof Operation.MultiplyAdd || s instanceof Operation.MultiplySubtract)
                .count();
        return new OperationCount(steps.size() - scales - fused, scales, fused);
    }
}
