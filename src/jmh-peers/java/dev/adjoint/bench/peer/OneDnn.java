package dev.adjoint.bench.peer;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * A primitive of oneDNN with its memory. Each tensor lies twice in native memory if the primitive has picked another
 * layout than row-major order, and is reordered in between.
 */
final class OneDnn {
    private final engine engine;
    private final stream stream;
    private final primitive primitive;
    private final IntMemoryMap arguments = new IntMemoryMap();
    private final List<Tensor> inputs = new ArrayList<>();
    private final List<memory> kept = new ArrayList<>();
    private @Nullable Tensor output;

    OneDnn(engine engine, stream stream, primitive primitive) {
        this.engine = engine;
        this.stream = stream;
        this.primitive = primitive;
    }

    /**
     * A tensor on its way between an array and the primitive.
     *
     * @param plain its native copy in row-major order
     * @param laid the same in the layout of the primitive; the same object if that is row-major too
     * @param between reorders on the way; null if there is nothing to reorder
     */
    private record Tensor(
            float[] array,
            memory plain,
            FloatBuffer buffer,
            memory laid,
            @Nullable reorder between) {}

    OneDnn input(int argument, memory.desc plain, memory.desc layout, float[] array) {
        inputs.add(tensor(argument, plain, layout, array, true));
        return this;
    }

    OneDnn output(int argument, memory.desc plain, memory.desc layout, float[] array) {
        output = tensor(argument, plain, layout, array, false);
        return this;
    }

    /** Memory that stays in the layout of the primitive, as what the forward pass leaves for the backward pass. */
    OneDnn hidden(int argument, memory memory) {
        kept.add(memory);
        arguments.put(argument, memory);
        return this;
    }

    private Tensor tensor(int argument, memory.desc plain, memory.desc layout, float[] array, boolean in) {
        memory row = new memory(plain, engine);
        memory laid = plain.equals(layout) ? row : new memory(layout, engine);
        FloatBuffer buffer =
                new FloatPointer(row.get_data_handle()).capacity(array.length).asBuffer();
        arguments.put(argument, laid);
        reorder between = laid == row ? null : in ? new reorder(row, laid) : new reorder(laid, row);
        return new Tensor(array, row, buffer, laid, between);
    }

    /** Copies the arrays into native memory and reorders. */
    void read() {
        for (Tensor t : inputs) {
            t.buffer.put(0, t.array);
            if (t.between != null) {
                t.between.execute(stream, t.plain, t.laid);
            }
        }
    }

    void execute() {
        primitive.execute(stream, arguments);
        stream._wait();
    }

    /** Reorders the result and copies it into its array. */
    void write() {
        Tensor t = java.util.Objects.requireNonNull(output);
        if (t.between != null) {
            t.between.execute(stream, t.laid, t.plain);
            stream._wait();
        }
        t.buffer.get(0, t.array);
    }
}
