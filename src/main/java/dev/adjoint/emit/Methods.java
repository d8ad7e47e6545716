package dev.adjoint.emit;

import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Tensor;
import dev.adjoint.plan.Buffer;
import dev.adjoint.plan.ClassPlan;
import dev.adjoint.plan.Entry;
import dev.adjoint.plan.Routine;
import dev.adjoint.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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
            Tensor tensor = tensor(parameter);
            helpers.add("wrongLength");
            String length = words.length(tensor) + "()";
            String shape = shape(tensor);
            checks.add("if (" + parameter + ".length != " + length + ") {");
            checks.add("    throw wrongLength(\"" + parameter + "\", " + shape + ", " + length + ", " + parameter
                    + ".length);");
            checks.add("}");
        }
        for (Buffer parameter : entry.parameters()) {
            Optional<IntExpr> limit = parameter.integer() ? tensor(parameter).limit() : Optional.empty();
            if (limit.isPresent() && parameter.role() == Buffer.Role.GIVEN) {
                helpers.add("requireBelow");
                checks.add(
                        "requireBelow(\"" + parameter + "\", " + parameter + ", " + text.integer(limit.get()) + ");");
            }
        }
        distinct(entry, checks);
        List<String> calls = new ArrayList<>();
        for (Routine call : entry.calls()) {
            calls.add(Statements.call(call, List.of()));
        }
        return new ClassView.EntryView(entry.name(), Docs.entry(plan, entry), parameters, checks, calls);
    }

    private void distinct(Entry entry, List<String> checks) {
        List<Buffer> all = entry.parameters();
        for (int k = 0; k < all.size(); k++) {
            for (int other = 0; other < all.size(); other++) {
                Buffer result = all.get(k);
                Buffer array = all.get(other);
                boolean both = array.role() == Buffer.Role.RESULT;
                if (result.role() == Buffer.Role.RESULT
                        && result.integer() == array.integer()
                        && (both ? other < k : other != k)) {
                    helpers.add("requireDistinct");
                    checks.add(
                            "requireDistinct(\"" + result + "\", " + result + ", \"" + array + "\", " + array + ");");
                }
            }
        }
    }

    /** The layer's tensor of which a parameter is the value, the error or the gradient. */
    private Tensor tensor(Buffer parameter) {
        for (Tensor tensor : plan.generate().layer().tensors()) {
            String capital = dev.adjoint.plan.Planner.capital(tensor.name());
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

    /** A string expression for a shape, with the values of open sizes. */
    private String shape(Tensor tensor) {
        boolean open = tensor.shape().stream().anyMatch(e -> !e.isConstant());
        if (!open) {
            return "\"" + Vocabulary.shape(tensor) + "\"";
        }
        StringBuilder shape = new StringBuilder("\"" + Vocabulary.shape(tensor) + " = [\"");
        String separator = " + ";
        for (IntExpr extent : tensor.shape()) {
            shape.append(separator).append("(").append(text.integer(extent)).append(")");
            separator = " + \", \" + ";
        }
        return shape + " + \"]\"";
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

    static Step body(Routine routine) {
        return routine.body();
    }
}
