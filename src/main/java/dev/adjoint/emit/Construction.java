package dev.adjoint.emit;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Printer;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Size;
import dev.adjoint.lang.Tensor;
import dev.adjoint.loop.Buffer;
import dev.adjoint.plan.ClassPlan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the constructor of a class does: it trusts no size before it has checked it. */
final class Construction {
    private final ClassPlan plan;
    private final Layer layer;
    private final LongText text;
    private final Vocabulary words;
    private final Set<String> helpers;
    private final @Nullable String vectorClass;
    private final List<String> lines = new ArrayList<>();

    private Construction(ClassPlan plan, Vocabulary words, Set<String> helpers, @Nullable String vectorClass) {
        this.plan = plan;
        this.layer = plan.generate().layer();
        this.words = words;
        this.text = new LongText(words::size);
        this.helpers = helpers;
        this.vectorClass = vectorClass;
    }

    /**
     * Of a class that any Java can load.
     *
     * @param vectorClass the class that it hands its work to where there are vectors; it needs no scratch memory then
     */
    static List<String> lines(ClassPlan plan, Vocabulary words, Set<String> helpers, @Nullable String vectorClass) {
        Construction construction = new Construction(plan, words, helpers, vectorClass);
        construction.check();
        construction.assign();
        return construction.lines;
    }

    /** Of the class that computes with vectors: its sizes are checked already. */
    static List<String> ofVectors(ClassPlan plan, Vocabulary words, Set<String> helpers) {
        Construction construction = new Construction(plan, words, helpers, null);
        construction.assign();
        plan.preparations().forEach(r -> construction.lines.add(Statements.call(r, List.of())));
        return construction.lines;
    }

    /** Of what a thread that helps has for itself: the sizes, and arrays as long as those of the instance. */
    static List<String> ofWorker(ClassPlan plan, List<String> fields) {
        List<String> lines = new ArrayList<>();
        Set<String> own = new LinkedHashSet<>();
        plan.shares().forEach(s -> s.own().forEach(b -> own.add(b.name())));
        for (Buffer buffer : plan.scratch()) {
            if (own.contains(buffer.name())) {
                String type = buffer.integer()
                        ? "int"
                        : plan.generate().options().type().name().toLowerCase(Locale.ROOT);
                lines.add("this." + buffer + " = new " + type + "[owner." + buffer + ".length];");
            }
        }
        for (String field : fields) {
            if (!own.contains(field)) {
                lines.add("this." + field + " = owner." + field + ";");
            }
        }
        return lines;
    }

    private void check() {
        Set<IntExpr> divisors = new LinkedHashSet<>();
        layer.tensors().forEach(t -> t.shape().forEach(e -> divisors(e, divisors)));
        for (IntExpr divisor : divisors) {
            helpers.add("requirePositive");
            lines.add("requirePositive(\"" + divisor + "\", " + text.text(divisor) + ");");
        }
        for (Cond assumption : layer.assumptions()) {
            require(assumption, Printer.print(assumption));
        }
        for (Tensor tensor : layer.tensors()) {
            boolean open = tensor.shape().stream().anyMatch(e -> !e.isConstant());
            if (open) {
                lines.add("this." + words.length(tensor) + " = " + length(words.shown(tensor), tensor.shape()) + ";");
            }
        }
        for (Layer.OpenRead read : layer.openReads()) {
            require(read.inside(), Printer.print(read.inside()) + ", or " + read.read() + " leaves its tensor");
        }
        for (Tensor tensor : layer.tensors()) {
            if (tensor.limit().isPresent() && !tensor.limit().get().isConstant()) {
                helpers.add("requirePositive");
                IntExpr limit = tensor.limit().get();
                lines.add("requirePositive(\"" + limit + "\", " + text.text(limit) + ");");
            }
        }
    }

    private void require(Cond cond, String words) {
        if (!cond.equals(Cond.TRUE)) {
            helpers.add("require");
            lines.add("require(" + text.text(cond) + ", " + JavaStrings.quote(words) + ");");
        }
    }

    private String length(String shown, List<IntExpr> shape) {
        helpers.add("lengthOf");
        return "lengthOf(" + JavaStrings.quote(shown)
                + shape.stream().map(e -> ", " + text.text(e)).collect(Collectors.joining()) + ")";
    }

    /** The extents over the constructor's own arguments, in 64 bits: a name may stand for one that has overflowed. */
    private List<IntExpr> overSizes(List<IntExpr> shape) {
        List<IntExpr> plain = shape;
        List<String> names = new ArrayList<>(plan.extents().keySet());
        for (int k = names.size() - 1; k >= 0; k--) {
            String name = names.get(k);
            IntExpr extent = java.util.Objects.requireNonNull(plan.extents().get(name));
            plain = plain.stream().map(e -> e.substitute(name, extent)).toList();
        }
        return plain;
    }

    private static void divisors(IntExpr e, Set<IntExpr> found) {
        for (Atom atom : e.atoms()) {
            if (atom instanceof Atom.FloorDiv q) {
                divisors(q.num(), found);
                divisors(q.den(), found);
                if (!q.den().isConstant()) {
                    found.add(q.den());
                }
            } else if (atom instanceof Atom.Mod r) {
                divisors(r.num(), found);
                divisors(r.den(), found);
                if (!r.den().isConstant()) {
                    found.add(r.den());
                }
            } else if (atom instanceof Atom.Extremum x) {
                divisors(x.left(), found);
                divisors(x.right(), found);
            } else if (atom instanceof Atom.Abs a) {
                divisors(a.arg(), found);
            }
        }
    }

    private void assign() {
        for (Size size : layer.sizes()) {
            String name = words.size(size.name());
            lines.add("this." + name + " = " + name + ";");
        }
        plan.extents().forEach((name, extent) -> lines.add("this." + name + " = (int) (" + text.text(extent) + ");"));
        if (vectorClass != null) {
            List<String> arguments = new ArrayList<>();
            layer.sizes().forEach(s -> arguments.add(words.size(s.name())));
            if (plan.generate().options().parallel()) {
                arguments.addAll(List.of("executor", "threads"));
            }
            String sizes = String.join(", ", arguments);
            lines.add("this.vectors = hasVectors() ? new " + vectorClass + "(" + sizes + ") : null;");
        }
        String unless = vectorClass == null ? "" : "vectors != null ? null : ";
        for (Buffer buffer : plan.scratch()) {
            String length = buffer.length().isConstant()
                    ? buffer.length().toString()
                    : length("the scratch " + buffer.name(), overSizes(buffer.shape()));
            lines.add("this." + buffer.name() + " = " + unless + "new " + (buffer.integer() ? "int" : words.type())
                    + "[" + length + "];");
        }
    }
}
