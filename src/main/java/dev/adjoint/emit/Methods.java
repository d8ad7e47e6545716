package dev.adjoint.emit;

import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Tensor;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Routine;
import dev.adjoint.plan.ClassPlan;
import dev.adjoint.plan.Entry;
import dev.adjoint.plan.Planner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The public and private methods of a class as records for the template. */
final class Methods {
    private final ClassPlan plan;
    private final Vocabulary words;
    private final JavaText text;
    private final Set<String> helpers;

    Methods(ClassPlan plan, Vocabulary words, JavaText text, Set<String> helpers) {
        this.plan = plan;
        this.words = words;
        this.text = text;
        this.helpers = helpers;
    }

    ClassView.EntryView entry(Entry entry) {
        List<String> parameters = new ArrayList<>();
        List<String> checks = new ArrayList<>();
        for (Buffer parameter : entry.parameters()) {
            parameters.add(type(parameter) + " " + parameter.name());
            checks.add(requireLike(tensor(parameter)) + "(\"" + parameter + "\", " + parameter + ".length);");
        }
        for (Buffer parameter : entry.parameters()) {
            Optional<IntExpr> limit = parameter.integer() ? tensor(parameter).limit() : Optional.empty();
            if (limit.isPresent() && parameter.role() == Buffer.Role.GIVEN) {
                helpers.add("requireBelow");
                checks.add(
                        "requireBelow(\"" + parameter + "\", " + parameter + ", " + text.integer(limit.get()) + ");");
            }
        }
        entry.results().forEach(result -> apart(entry, result, checks));
        List<String> calls = new ArrayList<>();
        for (Routine call : entry.calls()) {
            calls.add(Statements.call(call, List.of()));
        }
        return new ClassView.EntryView(
                entry.name(),
                Docs.entry(plan, entry, this::tensor),
                parameters,
                entry.parameters().stream().map(Buffer::name).toList(),
                checks,
                calls);
    }

    private static String requireLike(Tensor tensor) {
        return "requireLike" + Planner.capital(tensor.name());
    }

    /** A result has an array to itself. */
    private void apart(Entry entry, Buffer result, List<String> checks) {
        List<Buffer> results = entry.results();
        List<Buffer> others = entry.parameters().stream()
                .filter(p -> p.integer() == result.integer() && !entry.mayShare(result, p))
                .filter(p -> p.role() != Buffer.Role.RESULT || results.indexOf(p) < results.indexOf(result))
                .toList();
        if (!others.isEmpty()) {
            helpers.add("sharedArray");
            checks.add(
                    "if (" + others.stream().map(p -> result + " == " + p).collect(Collectors.joining(" || ")) + ") {");
            checks.add("    throw sharedArray(\"" + result + "\", \""
                    + others.stream().map(Buffer::name).collect(Collectors.joining(", ")) + "\");");
            checks.add("}");
        }
    }

    /** A check of the length of an array for each tensor of the layer that methods are given. */
    List<ClassView.RoutineView> requirements() {
        List<ClassView.RoutineView> requirements = new ArrayList<>();
        Set<String> passed = new TreeSet<>();
        plan.entries()
                .forEach(e -> e.parameters().forEach(p -> passed.add(tensor(p).name())));
        for (Tensor tensor : plan.generate().layer().tensors()) {
            if (!passed.contains(tensor.name())) {
                continue;
            }
            helpers.add("wrongLength");
            String field = words.length(tensor);
            String expected = isOpen(tensor) ? field : length(tensor).toString();
            List<Statement> body = List.of(new Statement(
                    "branch",
                    "actual != " + expected,
                    List.of(Statement.line("throw wrongLength(name, actual, \"" + Vocabulary.shape(tensor) + "\""
                            + tensor.shape().stream()
                                    .map(e -> ", " + text.integer(e))
                                    .collect(Collectors.joining())
                            + ");")),
                    List.of()));
            requirements.add(new ClassView.RoutineView(
                    requireLike(tensor), List.of(), !isOpen(tensor), List.of("String name", "int actual"), body));
        }
        return requirements;
    }

    static boolean isOpen(Tensor tensor) {
        return tensor.shape().stream().anyMatch(e -> !e.isConstant());
    }

    static IntExpr length(Tensor tensor) {
        return tensor.shape().stream().reduce(IntExpr.ONE, IntExpr::times);
    }

    /** The layer's tensor of which a parameter is the value, the error or the gradient. */
    private Tensor tensor(Buffer parameter) {
        for (Tensor tensor : plan.generate().layer().tensors()) {
            String capital = Planner.capital(tensor.name());
            boolean delta = parameter.name().equals("delta") && tensor.role() == Tensor.Role.OUTPUT;
            if (java.util.Objects.requireNonNull(plan.tensors().get(tensor.name()))
                            .name()
                            .equals(parameter.name())
                    || parameter.name().equals("grad" + capital)
                    || parameter.name().equals("delta" + capital)
                    || delta) {
                return tensor;
            }
        }
        throw new IllegalStateException("no tensor is called " + parameter);
    }

    private String type(Buffer buffer) {
        return (buffer.integer() ? "int" : words.type()) + "[]";
    }

    ClassView.RoutineView routine(Routine routine) {
        List<String> parameters = new ArrayList<>();
        routine.buffers().forEach(b -> parameters.add(type(b) + " " + b.name()));
        routine.ints().forEach(i -> parameters.add("int " + i));
        List<Statement> body = new Statements(text).of(routine.body());
        Set<String> sizes = new TreeSet<>(words.sizes());
        sizes.addAll(plan.extents().keySet());
        boolean fixed =
                Mentions.of(routine.body()).stream().noneMatch(sizes::contains) && !Mentions.calls(routine.body());
        return new ClassView.RoutineView(routine.name(), Docs.routine(routine), fixed, parameters, body);
    }
}
