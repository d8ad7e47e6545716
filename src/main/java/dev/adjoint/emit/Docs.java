package dev.adjoint.emit;

import dev.adjoint.derive.Gradient;
import dev.adjoint.expr.Printer;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Routine;
import dev.adjoint.plan.Choice;
import dev.adjoint.plan.ClassPlan;
import dev.adjoint.plan.Entry;
import dev.adjoint.transform.Sharing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The comments of a class. */
final class Docs {
    private Docs() {}

    /** @param vectors whether a class with vectors, which has scratch memory, stands beside it */
    static List<String> type(ClassPlan plan, boolean vectors) {
        Generate generate = plan.generate();
        Layer layer = generate.layer();
        List<String> doc = new ArrayList<>();
        String bound = generate.bound().entrySet().stream()
                .map(e -> e.getKey() + " = " + e.getValue())
                .collect(Collectors.joining(", "));
        doc.add(JavaStrings.doc(generate.origin() + (bound.isEmpty() ? "" : " with " + bound) + "."));
        if (!layer.doc().isBlank()) {
            layer.doc().lines().forEach(l -> doc.add(JavaStrings.doc(l.strip())));
        }
        doc.add("");
        doc.add("<pre>");
        for (Equation equation : layer.equations()) {
            doc.add(equation(equation.target().name(), equation.indices(), Printer.print(equation.rhs())));
        }
        doc.add("</pre>");
        doc.add("");
        if (!plan.derivation().gradients().isEmpty()) {
            doc.add("<p>Its gradients, for the error delta that arrives at the output:");
            doc.add("");
            doc.add("<pre>");
            for (Gradient gradient : plan.derivation().gradients()) {
                String left = Ref.grad(gradient.of().name()).toString();
                doc.add(equation(left, gradient.indices(), Printer.print(gradient.formula())));
            }
            doc.add("</pre>");
            doc.add("");
        }
        String shapes = layer.tensors().stream()
                .map(t -> t.name() + (t.shape().isEmpty() ? " (one entry)" : Vocabulary.shape(t)))
                .collect(Collectors.joining(", "));
        doc.add(JavaStrings.doc(
                "Tensors are flat arrays in row-major order, the last index running fastest: " + shapes + "."));
        doc.add("What is overwritten may not share an array with anything else, unless its method says so.");
        doc.add(
                plan.scratch().isEmpty() && !vectors
                        ? "Instances hold no state but their sizes: any number of threads may share one."
                        : "An instance owns its scratch memory and serves one thread at a time; nothing is allocated"
                                + " after construction.");
        choices(plan, doc);
        return doc;
    }

    /** Of the class that computes with vectors. */
    static List<String> vectorType(ClassPlan plan) {
        List<String> doc = new ArrayList<>();
        doc.add("What " + plan.generate().className()
                + " computes, with the vectors of this machine; it is used where");
        doc.add("the virtual machine was started with the module jdk.incubator.vector.");
        choices(plan, doc);
        return doc;
    }

    private static void choices(ClassPlan plan, List<String> doc) {
        if (!plan.choices().isEmpty()) {
            doc.add("");
            doc.add("<p>Plans:");
            doc.add("");
            doc.add("<ul>");
            for (Choice choice : plan.choices()) {
                doc.add("  <li>" + JavaStrings.doc(choice.toString()) + ".");
            }
            doc.add("</ul>");
        }
    }

    private static String equation(String target, List<Range> indices, String rhs) {
        String left = indices.isEmpty()
                ? target
                : target + indices.stream().map(Range::name).collect(Collectors.joining(",", "[", "]"));
        return "  " + JavaStrings.doc(left + " = " + rhs);
    }

    /** @param tensorOf the tensor of which a parameter is the value, the error or the gradient */
    static List<String> entry(ClassPlan plan, Entry entry, Function<Buffer, Tensor> tensorOf) {
        List<String> doc = new ArrayList<>();
        String results = entry.results().stream().map(Buffer::name).collect(Collectors.joining(", "));
        boolean forward = entry.name().equals("forward");
        String what = forward ? "" : entry.results().size() > 1 ? "the gradients " : "the gradient ";
        doc.add("Computes " + what + results + ".");
        doc.add("");
        for (Buffer parameter : entry.parameters()) {
            Tensor tensor = tensorOf.apply(parameter);
            String shape = tensor.shape().isEmpty() ? "one entry" : Vocabulary.shape(tensor);
            String text = shape + ": " + meaning(parameter, tensor) + inPlace(entry, parameter);
            doc.add("@param " + parameter.name() + " " + JavaStrings.doc(text));
        }
        List<String> wrong = new ArrayList<>(List.of("an array has not the length of its tensor"));
        if (entry.parameters().stream().anyMatch(p -> p.integer() && p.role() == Buffer.Role.GIVEN)) {
            wrong.add("an integer is out of its range");
        }
        wrong.add("a result shares an array that it may not");
        doc.add("@throws IllegalArgumentException if " + String.join(", or if ", wrong));
        return doc;
    }

    private static String inPlace(Entry entry, Buffer result) {
        String shared = entry.parameters().stream()
                .filter(p -> entry.mayShare(result, p))
                .map(Buffer::name)
                .collect(Collectors.joining(" or "));
        return shared.isEmpty() ? "" : "; may be the array of " + shared;
    }

    private static String meaning(Buffer parameter, Tensor tensor) {
        boolean result = parameter.role() == Buffer.Role.RESULT;
        if (parameter.name().startsWith("grad") && !parameter.name().equals(tensor.name())) {
            return "takes dE/d" + tensor.name();
        }
        if (parameter.name().startsWith("delta") && tensor.role() == Tensor.Role.OUTPUT && !result) {
            return "dE/d" + tensor.name() + ", the error that arrives";
        }
        String limit =
                tensor.limit().map(l -> ", integers from 0 to " + l.minus(1)).orElse("");
        return switch (tensor.role()) {
            case INPUT -> "the input";
            case PARAM -> "the parameter";
            case CONST -> "given" + limit;
            case LET -> result ? "takes the intermediate" : "the intermediate, as forward left it";
            case OUTPUT -> "takes the output";
        };
    }

    static List<String> routine(Routine routine) {
        return routine.notes().stream().map(JavaStrings::doc).toList();
    }

    /** Of the constructor that takes an executor. */
    static List<String> threads() {
        List<String> doc = new ArrayList<>();
        doc.add("An instance whose work is done by the thread that calls it and by tasks that an executor runs.");
        doc.add("");
        doc.add("<p>Loops over results are cut into parts; no sum is. Each thread takes the next part that nobody has"
                + " begun,");
        doc.add("so that the results are the same bits for any number of threads, and those of an instance that works"
                + " alone.");
        doc.add("Loops of fewer than " + Sharing.LEAST + " operations are not shared; fewer than " + Sharing.WAKE
                + " wake no thread.");
        doc.add("");
        doc.add("<p>The caller works too, and waits only for parts that somebody has begun: an executor without a free"
                + " thread,");
        doc.add("or one that rejects tasks, makes it slower and never stops it, and it may run on that executor itself."
                + " If a part");
        doc.add("throws, or the executor throws anything but a RejectedExecutionException, the caller gets the"
                + " exception after");
        doc.add("all parts have ended, and may call again. Interrupts do not end its waiting; the thread stays"
                + " interrupted.");
        doc.add("An instance still serves one caller at a time.");
        doc.add("");
        doc.add("@param executor runs up to threads - 1 tasks at a time; it is not shut down");
        doc.add("@param threads how many threads may work at a time, the caller among them; each has scratch memory of"
                + " its own");
        doc.add("@throws IllegalArgumentException if threads is less than 1, or as for an instance that works alone");
        doc.add("@throws NullPointerException if executor is null");
        return doc;
    }

    static List<String> constructor(ClassPlan plan, boolean vectors) {
        List<String> doc = new ArrayList<>();
        Layer layer = plan.generate().layer();
        String scratch = plan.scratch().isEmpty() && !vectors ? "" : ", with scratch memory of its own";
        if (layer.sizes().isEmpty()) {
            doc.add("An instance" + scratch + ".");
            return doc;
        }
        doc.add("An instance for these sizes" + scratch + ".");
        doc.add("");
        doc.add(
                "@throws IllegalArgumentException if an axis would have no entry, an array would be too long, or the sizes");
        doc.add("    do not satisfy what the layer assumes");
        return doc;
    }
}
