package dev.adjoint.emit;

import dev.adjoint.derive.Derivation;
import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Generate.Options.Target;
import dev.adjoint.lang.Size;
import dev.adjoint.lang.Tensor;
import dev.adjoint.loop.Buffer;
import dev.adjoint.plan.Chooser;
import dev.adjoint.plan.ClassPlan;
import dev.adjoint.plan.Planner;
import dev.adjoint.template.Templates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Emits classes. */
public final class Emitter {
    /** What virtual machines allow an array. */
    private static final long LONGEST = Integer.MAX_VALUE - 8;

    private static final Target[] NO_VECTORS = {Target.PORTABLE};

    private Emitter() {}

    /**
     * The sources of a generated class.
     *
     * @param specPath the spec's path as it stands in the first line of each source, relative, with forward slashes
     * @throws AdjointException if the class cannot be emitted; the diagnostics say why
     */
    public static List<SourceFile> emit(Generate generate, Derivation derivation, String specPath) {
        return emit(generate, derivation, specPath, Chooser.CHEAPEST);
    }

    /**
     * The same, by plans that somebody else chooses.
     *
     * @throws AdjointException if the class cannot be emitted; the diagnostics say why
     */
    public static List<SourceFile> emit(Generate generate, Derivation derivation, String specPath, Chooser chooser) {
        Vocabulary words = vocabulary(generate);
        List<SourceFile> sources = new ArrayList<>();
        plans(generate, derivation, words, chooser)
                .forEach((target, plan) -> sources.add(print(plan, words, specPath, target)));
        return sources;
    }

    /**
     * How the class and, if it is to have one, its companion with vectors compute.
     *
     * @throws AdjointException if the class cannot be emitted; the diagnostics say why
     */
    public static Map<Target, ClassPlan> plans(Generate generate, Derivation derivation, Chooser chooser) {
        return plans(generate, derivation, vocabulary(generate), chooser);
    }

    private static Vocabulary vocabulary(Generate generate) {
        check(generate);
        return new Vocabulary(generate);
    }

    private static Map<Target, ClassPlan> plans(
            Generate generate, Derivation derivation, Vocabulary words, Chooser chooser) {
        Map<Target, ClassPlan> plans = new LinkedHashMap<>();
        for (Target target : generate.options().target() == Target.VECTOR ? Target.values() : NO_VECTORS) {
            ClassPlan plan = Planner.plan(generate, derivation, words.reserved(), target, chooser);
            checkScratch(plan);
            plans.put(target, plan);
        }
        return plans;
    }

    /** The class that computes with vectors, beside the one that any virtual machine can load. */
    private static String vectorClass(Generate generate) {
        return generate.className() + "Vector";
    }

    private static void check(Generate generate) {
        List<Diagnostic> errors = new ArrayList<>();
        for (Equation equation : generate.layer().equations()) {
            for (String open : openFunctions(equation.rhs())) {
                errors.add(Diagnostic.error("E011", generate.place(), "the function " + open + " is not bound")
                        .note("it is used here", equation.place())
                        .help("name one, as in `" + generate.origin() + "[" + open + " = tanh]`"));
            }
        }
        for (Tensor tensor : generate.layer().tensors()) {
            IntExpr length = IntExpr.ONE;
            try {
                for (IntExpr extent : tensor.shape()) {
                    length = length.times(extent.isConstant() ? extent : IntExpr.ONE);
                    if (extent.isConstant() && extent.constant() < 1) {
                        errors.add(Diagnostic.error(
                                "E012", generate.place(), tensor.name() + " has an axis of " + extent + " entries"));
                    }
                }
            } catch (ArithmeticException e) {
                length = IntExpr.of(Long.MAX_VALUE);
            }
            if (length.constant() > LONGEST) {
                errors.add(
                        Diagnostic.error("E013", generate.place(), tensor.name() + " is too large for a Java array"));
            }
        }
        if (!errors.isEmpty()) {
            throw new AdjointException(errors);
        }
    }

    private static void checkScratch(ClassPlan plan) {
        for (Buffer buffer : plan.scratch()) {
            IntExpr length = buffer.length();
            if (length.isConstant() && length.constant() > LONGEST) {
                throw new AdjointException(List.of(Diagnostic.error(
                        "E013",
                        plan.generate().place(),
                        "the scratch array " + buffer + " of " + length + " entries is too large for Java")));
            }
        }
    }

    private static Set<String> openFunctions(Expr e) {
        Set<String> found = new TreeSet<>();
        new Rewriter() {
            @Override
            public Expr expr(Expr inner) {
                if (inner instanceof Expr.Apply a && a.fun() instanceof Fun.Open open) {
                    found.add(open.name());
                }
                return super.expr(inner);
            }
        }.expr(e);
        return found;
    }

    private static SourceFile print(ClassPlan plan, Vocabulary words, String specPath, Target target) {
        Generate generate = plan.generate();
        boolean single = words.type().equals("float");
        boolean vectors = target == Target.VECTOR;
        boolean both = generate.options().target() == Target.VECTOR;
        Set<String> sizes = new TreeSet<>(words.sizes());
        sizes.addAll(plan.extents().keySet());
        JavaText text = new JavaText(single, vectors, words::size, sizes);
        Set<String> helpers = new TreeSet<>();
        Methods methods = new Methods(plan, words, text, helpers);
        List<ClassView.EntryView> entries =
                plan.entries().stream().map(methods::entry).toList();
        List<ClassView.RoutineView> routines = new ArrayList<>();
        if (vectors) {
            helpers.clear();
        } else {
            routines.addAll(methods.requirements());
        }
        plan.routines().forEach(r -> routines.add(methods.routine(r)));
        String companion = vectors || !both ? null : vectorClass(generate);
        List<String> construction = vectors
                ? Construction.ofVectors(plan, words, helpers)
                : Construction.lines(plan, words, helpers, companion);
        helpers.addAll(text.helpers());
        String name = vectors ? vectorClass(generate) : generate.className();
        List<ClassView.FieldView> fields = fields(plan, words, vectors);
        ClassView view = new ClassView(
                specPath,
                generate.javaPackage().isEmpty() ? null : generate.javaPackage(),
                name,
                companion,
                words.type(),
                single ? "Float" : "Double",
                single ? "(float) " : "",
                single ? "int" : "long",
                single ? "Int" : "Long",
                vectors ? Docs.vectorType(plan) : Docs.type(plan, both),
                fields,
                Docs.constructor(plan, both),
                generate.open().stream().map(s -> words.size(s.name())).toList(),
                construction,
                lengths(generate.layer().tensors(), words),
                entries,
                routines,
                helpers,
                text.imports(),
                !plan.shares().isEmpty(),
                generate.options().parallel() ? new Shares(plan, words).team(fields, helpers) : null);
        String source = Templates.render(vectors ? "vector" : "java", "class", Map.of("c", view));
        String folder =
                generate.javaPackage().isEmpty() ? "" : generate.javaPackage().replace('.', '/') + "/";
        return new SourceFile(folder + name + ".java", Layout.tidy(source));
    }

    private static List<ClassView.FieldView> fields(ClassPlan plan, Vocabulary words, boolean vectors) {
        List<ClassView.FieldView> fields = new ArrayList<>();
        for (Size size : plan.generate().layer().sizes()) {
            fields.add(new ClassView.FieldView("int", words.size(size.name())));
        }
        plan.extents().keySet().forEach(name -> fields.add(new ClassView.FieldView("int", name)));
        for (Tensor tensor : plan.generate().layer().tensors()) {
            if (!vectors && Methods.isOpen(tensor)) {
                fields.add(new ClassView.FieldView("int", words.length(tensor)));
            }
        }
        for (Buffer buffer : plan.scratch()) {
            fields.add(new ClassView.FieldView((buffer.integer() ? "int" : words.type()) + "[]", buffer.name()));
        }
        return fields;
    }

    private static List<ClassView.LengthView> lengths(List<Tensor> tensors, Vocabulary words) {
        return tensors.stream()
                .map(tensor -> new ClassView.LengthView(
                        tensor.name(),
                        Planner.capital(tensor.name()),
                        Vocabulary.shape(tensor),
                        Methods.isOpen(tensor)
                                ? words.length(tensor)
                                : Methods.length(tensor).toString()))
                .toList();
    }
}
