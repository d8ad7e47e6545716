package dev.adjoint.bench.peer;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import dev.adjoint.bench.workload.Axis;
import dev.adjoint.bench.workload.Convolution;
import dev.adjoint.bench.workload.Dense;
import dev.adjoint.bench.workload.Operands;
import dev.adjoint.bench.workload.Pass;
import dev.adjoint.bench.workload.Pooling;
import dev.adjoint.bench.workload.Problem;
import java.util.List;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.inner_product_backward_data;
import org.bytedeco.dnnl.inner_product_backward_weights;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;
import org.bytedeco.dnnl.stream;

/** Problems as primitives of oneDNN, which pick the layouts that suit them. */
final class OneDnnPrimitives {
    private static final memory.data_type FLOAT = memory.data_type.f32;

    /** Row-major order, by the number of axes. */
    private static final List<memory.format_tag> ROW_MAJOR = List.of(
            memory.format_tag.a,
            memory.format_tag.ab,
            memory.format_tag.abc,
            memory.format_tag.abcd,
            memory.format_tag.abcde,
            memory.format_tag.abcdef);

    private final engine cpu = new engine(engine.kind.cpu, 0);
    private final stream stream = new stream(cpu);
    private final Pass pass;
    private final Operands at;

    private OneDnnPrimitives(Pass pass, Operands operands) {
        this.pass = pass;
        this.at = operands;
    }

    static OneDnn of(Problem problem, Pass pass, Operands operands) {
        OneDnnPrimitives primitives = new OneDnnPrimitives(pass, operands);
        if (problem instanceof Convolution convolution) {
            return primitives.convolution(convolution);
        }
        if (problem instanceof Dense dense) {
            return primitives.dense(dense);
        }
        if (problem instanceof Pooling pooling) {
            return primitives.pooling(pooling);
        }
        return primitives.relu(problem.inputs());
    }

    private OneDnn convolution(Convolution c) {
        long[] source = Shapes.source(c);
        long[] filters = Shapes.filters(c);
        long[] target = Shapes.target(c);
        long[] bias = {c.filters()};
        long[] strides = Shapes.of(c, Axis::stride);
        // Here a dilation of 0 is none.
        long[] dilations = Shapes.of(c, a -> a.dilation() - 1);
        long[] before = Shapes.of(c, Axis::padding);
        // oneDNN wants to know what of the lower edge is read, not what could be.
        long[] after = Shapes.of(
                c, a -> (a.outputs() - 1) * a.stride() + a.dilation() * (a.kernel() - 1) + 1 - a.size() - a.padding());
        dnnl.algorithm direct = dnnl.algorithm.convolution_direct;
        convolution_forward.primitive_desc forward = new convolution_forward.primitive_desc(
                cpu,
                dnnl.prop_kind.forward_training,
                direct,
                any(source),
                any(filters),
                plain(bias),
                any(target),
                strides,
                dilations,
                before,
                after);
        return switch (pass) {
            case FORWARD ->
                new OneDnn(cpu, stream, new convolution_forward(forward))
                        .input(DNNL_ARG_SRC, plain(source), forward.src_desc(), at.input())
                        .input(DNNL_ARG_WEIGHTS, plain(filters), forward.weights_desc(), at.weights())
                        .input(DNNL_ARG_BIAS, plain(bias), plain(bias), at.bias())
                        .output(DNNL_ARG_DST, plain(target), forward.dst_desc(), at.result());
            case INPUT -> {
                convolution_backward_data.primitive_desc backward = new convolution_backward_data.primitive_desc(
                        cpu,
                        direct,
                        any(source),
                        any(filters),
                        any(target),
                        strides,
                        dilations,
                        before,
                        after,
                        forward);
                yield new OneDnn(cpu, stream, new convolution_backward_data(backward))
                        .input(DNNL_ARG_DIFF_DST, plain(target), backward.diff_dst_desc(), at.delta())
                        .input(DNNL_ARG_WEIGHTS, plain(filters), backward.weights_desc(), at.weights())
                        .output(DNNL_ARG_DIFF_SRC, plain(source), backward.diff_src_desc(), at.result());
            }
            case WEIGHTS -> {
                convolution_backward_weights.primitive_desc backward = new convolution_backward_weights.primitive_desc(
                        cpu,
                        direct,
                        any(source),
                        any(filters),
                        any(target),
                        strides,
                        dilations,
                        before,
                        after,
                        forward);
                yield new OneDnn(cpu, stream, new convolution_backward_weights(backward))
                        .input(DNNL_ARG_SRC, plain(source), backward.src_desc(), at.input())
                        .input(DNNL_ARG_DIFF_DST, plain(target), backward.diff_dst_desc(), at.delta())
                        .output(DNNL_ARG_DIFF_WEIGHTS, plain(filters), backward.diff_weights_desc(), at.result());
            }
        };
    }

    private OneDnn dense(Dense d) {
        long[] source = {d.samples(), d.width()};
        long[] filters = {d.units(), d.width()};
        long[] target = {d.samples(), d.units()};
        long[] bias = {d.units()};
        inner_product_forward.primitive_desc forward = new inner_product_forward.primitive_desc(
                cpu, dnnl.prop_kind.forward_training, any(source), any(filters), plain(bias), any(target));
        return switch (pass) {
            case FORWARD ->
                new OneDnn(cpu, stream, new inner_product_forward(forward))
                        .input(DNNL_ARG_SRC, plain(source), forward.src_desc(), at.input())
                        .input(DNNL_ARG_WEIGHTS, plain(filters), forward.weights_desc(), at.weights())
                        .input(DNNL_ARG_BIAS, plain(bias), plain(bias), at.bias())
                        .output(DNNL_ARG_DST, plain(target), forward.dst_desc(), at.result());
            case INPUT -> {
                inner_product_backward_data.primitive_desc backward = new inner_product_backward_data.primitive_desc(
                        cpu, any(source), any(filters), any(target), forward);
                yield new OneDnn(cpu, stream, new inner_product_backward_data(backward))
                        .input(DNNL_ARG_DIFF_DST, plain(target), backward.diff_dst_desc(), at.delta())
                        .input(DNNL_ARG_WEIGHTS, plain(filters), backward.weights_desc(), at.weights())
                        .output(DNNL_ARG_DIFF_SRC, plain(source), backward.diff_src_desc(), at.result());
            }
            case WEIGHTS -> {
                inner_product_backward_weights.primitive_desc backward = new inner_product_backward_weights
                        .primitive_desc(cpu, any(source), any(filters), any(target), forward);
                yield new OneDnn(cpu, stream, new inner_product_backward_weights(backward))
                        .input(DNNL_ARG_SRC, plain(source), backward.src_desc(), at.input())
                        .input(DNNL_ARG_DIFF_DST, plain(target), backward.diff_dst_desc(), at.delta())
                        .output(DNNL_ARG_DIFF_WEIGHTS, plain(filters), backward.diff_weights_desc(), at.result());
            }
        };
    }

    /** In blocks of sixteen channels, which is the layout that pooling is fast in. */
    private OneDnn pooling(Pooling p) {
        long[] source = {1, p.channels(), p.rows().size(), p.columns().size()};
        long[] target = {1, p.channels(), p.rows().outputs(), p.columns().outputs()};
        long[] kernel = {p.rows().kernel(), p.columns().kernel()};
        long[] strides = {p.rows().stride(), p.columns().stride()};
        long[] dilations = {0, 0};
        long[] before = {p.rows().padding(), p.columns().padding()};
        long[] after = {reach(p.rows()), reach(p.columns())};
        dnnl.algorithm algorithm =
                p.kind() == Pooling.Kind.MAX ? dnnl.algorithm.pooling_max : dnnl.algorithm.pooling_avg_include_padding;
        memory.desc blocked = new memory.desc(source, FLOAT, memory.format_tag.aBcd16b);
        pooling_forward.primitive_desc forward = new pooling_forward.primitive_desc(
                cpu,
                dnnl.prop_kind.forward_training,
                algorithm,
                blocked,
                any(target),
                strides,
                kernel,
                dilations,
                before,
                after);
        boolean max = p.kind() == Pooling.Kind.MAX;
        if (pass == Pass.FORWARD) {
            OneDnn program = new OneDnn(cpu, stream, new pooling_forward(forward))
                    .input(DNNL_ARG_SRC, plain(source), forward.src_desc(), at.input())
                    .output(DNNL_ARG_DST, plain(target), forward.dst_desc(), at.result());
            return max ? program.hidden(DNNL_ARG_WORKSPACE, new memory(forward.workspace_desc(), cpu)) : program;
        }
        pooling_backward.primitive_desc backward = new pooling_backward.primitive_desc(
                cpu, algorithm, blocked, forward.dst_desc(), strides, kernel, dilations, before, after, forward);
        OneDnn program = new OneDnn(cpu, stream, new pooling_backward(backward))
                .input(DNNL_ARG_DIFF_DST, plain(target), backward.diff_dst_desc(), at.delta())
                .output(DNNL_ARG_DIFF_SRC, plain(source), backward.diff_src_desc(), at.result());
        return max ? program.hidden(DNNL_ARG_WORKSPACE, winners(forward, source, target)) : program;
    }

    private static long reach(Axis axis) {
        return (long) (axis.outputs() - 1) * axis.stride() + axis.kernel() - axis.size() - axis.padding();
    }

    /** What the forward pass remembers of the largest values. */
    private memory winners(pooling_forward.primitive_desc forward, long[] source, long[] target) {
        memory workspace = new memory(forward.workspace_desc(), cpu);
        OneDnn program = new OneDnn(cpu, stream, new pooling_forward(forward))
                .input(DNNL_ARG_SRC, plain(source), forward.src_desc(), at.input())
                .output(DNNL_ARG_DST, plain(target), forward.dst_desc(), new float[at.delta().length])
                .hidden(DNNL_ARG_WORKSPACE, workspace);
        program.read();
        program.execute();
        return workspace;
    }

    private OneDnn relu(int length) {
        memory.desc line = plain(new long[] {length});
        dnnl.algorithm relu = dnnl.algorithm.eltwise_relu;
        eltwise_forward.primitive_desc forward =
                new eltwise_forward.primitive_desc(cpu, dnnl.prop_kind.forward_training, relu, line, line, 0f);
        if (pass == Pass.FORWARD) {
            return new OneDnn(cpu, stream, new eltwise_forward(forward))
                    .input(DNNL_ARG_SRC, line, line, at.input())
                    .output(DNNL_ARG_DST, line, line, at.result());
        }
        eltwise_backward.primitive_desc backward =
                new eltwise_backward.primitive_desc(cpu, relu, line, line, line, 0f, forward);
        return new OneDnn(cpu, stream, new eltwise_backward(backward))
                .input(DNNL_ARG_SRC, line, line, at.input())
                .input(DNNL_ARG_DIFF_DST, line, line, at.delta())
                .output(DNNL_ARG_DIFF_SRC, line, line, at.result());
    }

    /** In row-major order. */
    private static memory.desc plain(long[] dimensions) {
        return new memory.desc(dimensions, FLOAT, ROW_MAJOR.get(dimensions.length - 1));
    }

    /** In the layout that the primitive picks. */
    private static memory.desc any(long[] dimensions) {
        return new memory.desc(dimensions, FLOAT, memory.format_tag.any);
    }
}
