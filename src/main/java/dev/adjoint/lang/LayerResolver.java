package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Diagnostics;
import dev.adjoint.diagnostic.Place;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Resolves one layer, in this order: sizes, given tensors, assumptions on sizes, equations (each after those that it
 * reads), claims, and at last whether every access stays inside.
 */
final class LayerResolver {
    /** A size's value, where a class binds it, and the functions that it binds. */
    record Binding(Map<String, IntExpr> sizes, Map<String, Symbol> functions, boolean generated) {
        static final Binding NONE = new Binding(Map.of(), Map.of(), false);

        /** Whether this is the layer itself and not a class made of it. */
        boolean isNone() {
            return !generated;
        }
    }

    private final Syntax.LayerText text;
    private final String packageName;
    private final Binding binding;
    private final Work work;
    private final Names sizeNames;
    private final Names names;
    private final List<Size> sizes = new ArrayList<>();
    private final List<Tensor> tensors = new ArrayList<>();
    private final List<String> functions = new ArrayList<>();
    private final Map<String, Equation> equations = new LinkedHashMap<>();
    private final Map<String, Syntax.Defined> pending = new LinkedHashMap<>();
    private final Set<String> underWay = new HashSet<>();
    private final Set<String> declared = new HashSet<>();
    private final List<Cond> assumptions = new ArrayList<>();
    private final List<Cond> valueAssumptions = new ArrayList<>();

    /** Whether every assumption is known, so that accesses can be judged. */
    private boolean assumed = true;

    private LayerResolver(Syntax.LayerText text, String packageName, Names outer, Binding binding, Diagnostics found) {
        this.text = text;
        this.packageName = packageName;
        this.binding = binding;
        this.work = new Work(found, text.isDamaged());
        this.sizeNames = outer.inside();
        this.names = sizeNames.inside();
    }

    /**
     * The layer under these bindings; null if it has errors, which are told then.
     *
     * @param outer the definitions that it sees
     */
    static @Nullable Layer resolve(
            Syntax.LayerText text, String packageName, Names outer, Binding binding, Diagnostics found) {
        Diagnostics own = new Diagnostics();
        Layer layer = null;
        try {
            layer = new LayerResolver(text, packageName, outer, binding, own).layer();
        } catch (ArithmeticException overflow) {
            own.add(Diagnostic.error(
                    Codes.L038.name(), text.place(), "what is known of the sizes leads to integers beyond 64 bits"));
        }
        found.addAll(own.list());
        return own.hasErrors() ? null : layer;
    }

    private @Nullable Layer layer() {
        Declarations.check(text, work.found());
        if (text.broken() != null) {
            text.broken().forEach(name -> sizeNames.put(name, Symbol.Broken.BROKEN));
            assumed = false;
        }
        declareSizes();
        Context shapes = new Context(work, sizeNames, Facts.NONE, Context.Use.SHAPE, null, false);
        for (Syntax.Statement statement : text.statements()) {
            if (!declared.add(Declarations.name(statement))) {
                // Told already; the first one counts.
                continue;
            }
            if (statement instanceof Syntax.Given given) {
                declareGiven(given, shapes);
            } else if (statement instanceof Syntax.FunctionText function) {
                String name = function.name().text();
                work.reserved.add(name);
                Symbol bound = binding.functions().get(name);
                names.put(name, bound == null ? new Symbol.Function(new dev.adjoint.expr.Fun.Open(name, 0)) : bound);
                if (bound == null) {
                    functions.add(name);
                }
            } else if (statement instanceof Syntax.Defined defined) {
                String name = defined.target().name().text();
                work.reserved.add(name);
                work.roles.put(name, defined.role());
                if (defined.role() == Tensor.Role.OUTPUT) {
                    work.outputs.add(name);
                }
                pending.putIfAbsent(name, defined);
            }
        }
        if (work.outputs.isEmpty() && !text.isDamaged()) {
            work.tell(Diagnostic.error(
                            Codes.L050.name(),
                            text.place(),
                            "the layer `" + text.name().text() + "` has no output")
                    .help("write output y[i < N] = …"));
        }
        boolean impossible = !binding.isNone() && work.found().hasErrors();
        if (impossible || !assumeSizes()) {
            return null;
        }
        new ArrayList<>(pending.values()).forEach(this::equation);
        assumeValues();
        Claims claims = new Claims(context(Context.Use.CLAIM));
        List<Claim> claimed = new ArrayList<>();
        List<Verification> verifications = new ArrayList<>();
        if (binding.isNone()) {
            for (Syntax.Statement statement : text.statements()) {
                if (statement instanceof Syntax.ClaimText claim) {
                    claims.claim(claim).ifPresent(claimed::add);
                } else if (statement instanceof Syntax.Verify verify) {
                    claims.verification(verify).ifPresent(verifications::add);
                }
            }
        }
        List<Layer.OpenRead> open =
                assumed ? new Bounds(work, sizeNamesInOrder(), assumptions, binding.isNone()).check() : List.of();
        if (work.found().hasErrors()) {
            return null;
        }
        Layer layer = new Layer(
                packageName,
                text.name().text(),
                text.doc(),
                sizes,
                inOrder(),
                functions,
                List.copyOf(equations.values()),
                assumptions,
                valueAssumptions,
                claimed,
                verifications,
                open,
                text.place());
        if (layer.sizeDomain().isEmpty()) {
            work.tell(Diagnostic.error(
                    Codes.L043.name(),
                    text.place(),
                    "no sizes satisfy what the layer `" + text.name().text() + "` assumes"));
        }
        return layer;
    }

    private Context context(Context.Use use) {
        return new Context(work, names, Facts.NONE, use, null, false);
    }

    private List<String> sizeNamesInOrder() {
        return sizes.stream().map(Size::name).toList();
    }

    /** Tensors in the order of their declaration, whatever the order in which equations were resolved. */
    private List<Tensor> inOrder() {
        List<Tensor> ordered = new ArrayList<>();
        for (Syntax.Statement statement : text.statements()) {
            String name = Declarations.name(statement);
            tensors.stream().filter(t -> t.name().equals(name)).findFirst().ifPresent(ordered::add);
        }
        return ordered;
    }

    private void declareSizes() {
        for (Syntax.SizeText size : text.sizes()) {
            String name = size.name().text();
            if (!declared.add(name)) {
                continue;
            }
            IntExpr bound = binding.sizes().get(name);
            OptionalLong defaultValue = OptionalLong.empty();
            if (size.defaultValue() != null) {
                Context constant = new Context(work, Names.empty(), Facts.NONE, Context.Use.SHAPE, null, false);
                IntExpr value = Resolver.integer(size.defaultValue(), constant);
                defaultValue = value == null ? defaultValue : value.asConstant();
            }
            work.reserved.add(name);
            sizeNames.put(name, new Symbol.Int(bound == null ? IntExpr.var(name) : bound, true));
            if (bound == null) {
                sizes.add(new Size(name, defaultValue, size.name().place()));
            }
        }
    }

    private void declareGiven(Syntax.Given given, Context shapes) {
        String name = given.shaped().name().text();
        work.reserved.add(name);
        work.roles.put(name, given.role());
        List<IntExpr> shape = Resolver.integers(given.shaped().brackets(), shapes);
        Optional<IntExpr> limit = Optional.empty();
        boolean good = shape != null;
        if (given.integer() && given.limit() == null) {
            work.tell(Diagnostic.error(
                            Codes.L033.name(), given.place(), "the integer tensor `" + name + "` lacks its bound")
                    .help("write const int " + name + "[…] < V for integers from 0 to V-1"));
            good = false;
        } else if (!given.integer() && given.limit() != null) {
            work.tell(Diagnostic.error(Codes.L030.name(), given.place(), "only integer tensors have a bound")
                    .help("write const int " + name));
            good = false;
        } else if (given.limit() != null) {
            IntExpr bound = Resolver.integer(given.limit(), shapes);
            good &= bound != null;
            limit = Optional.ofNullable(bound);
        }
        if (!good || shape == null) {
            names.put(name, Symbol.Broken.BROKEN);
            return;
        }
        declare(new Tensor(
                name, given.role(), shape, limit, given.shaped().name().place()));
    }

    private void declare(Tensor tensor) {
        tensors.add(tensor);
        TensorValue.Stored stored = new TensorValue.Stored(Ref.value(tensor.name()), tensor.shape(), tensor.limit());
        work.tensors.put(tensor.name(), stored);
        names.put(tensor.name(), new Symbol.Tensor(stored));
        for (int k = 0; k < tensor.rank(); k++) {
            IntExpr extent = tensor.shape().get(k);
            if (extent.isConstant() && extent.constant() < 1) {
                work.tell(Diagnostic.error(
                        binding.isNone() ? Codes.L033.name() : Codes.L070.name(),
                        tensor.place(),
                        "axis " + k + " of `" + tensor.name() + "` has " + extent
                                + " entries; every axis has at least 1"));
            } else if (!extent.isConstant()) {
                work.sizes = work.sizes.and(Constraint.le(IntExpr.ONE, extent));
            }
        }
        tensor.limit().ifPresent(v -> {
            if (!v.isConstant()) {
                work.sizes = work.sizes.and(Constraint.le(IntExpr.ONE, v));
            }
        });
    }

    // ---- assumptions

    /** False, and told, if the sizes that are bound violate an assumption. */
    private boolean assumeSizes() {
        boolean held = true;
        for (Syntax.Statement statement : text.statements()) {
            if (statement instanceof Syntax.Assume assume && mentionsOnlySizes(assume.condition())) {
                Context context = new Context(work, sizeNames, Facts.NONE, Context.Use.ASSUMPTION, null, false);
                Cond condition = Resolver.condition(assume.condition(), context);
                if (condition == null) {
                    assumed = false;
                    continue;
                }
                if (condition.equals(Cond.FALSE)) {
                    work.tell(Diagnostic.error(
                            binding.isNone() ? Codes.L043.name() : Codes.L070.name(),
                            assume.place(),
                            binding.isNone()
                                    ? "this assumption never holds"
                                    : "the bound sizes violate `" + assume.text() + "`"));
                    held &= binding.isNone();
                    assumed = false;
                    continue;
                }
                for (Cond part : Cond.conjuncts(condition)) {
                    assumptions.add(part);
                    if (part instanceof Cond.Ints ints && ints.constraint().isPresent()) {
                        work.sizes = work.sizes.and(ints.constraint().get());
                    }
                }
            }
        }
        return held;
    }

    private boolean mentionsOnlySizes(Node node) {
        if (node instanceof Node.Access access) {
            boolean tensor = access.reference().kind() != Node.Reference.Kind.NAME
                    || work.roles.containsKey(access.reference().name());
            return !tensor && Nodes.children(node).stream().allMatch(this::mentionsOnlySizes);
        }
        return Nodes.children(node).stream().allMatch(this::mentionsOnlySizes);
    }

    private void assumeValues() {
        for (Syntax.Statement statement : text.statements()) {
            if (statement instanceof Syntax.Assume assume && !mentionsOnlySizes(assume.condition())) {
                Cond condition =
                        Resolver.condition(Everywhere.of(assume.condition(), names), context(Context.Use.ASSUMPTION));
                if (condition != null && !condition.equals(Cond.TRUE)) {
                    valueAssumptions.add(condition);
                }
            }
        }
    }

    // ---- equations

    private void equation(Syntax.Defined defined) {
        String name = defined.target().name().text();
        if (equations.containsKey(name) || names.find(name) != null && !(names.find(name) instanceof Symbol.Defined)) {
            return;
        }
        underWay.add(name);
        readFirst(defined.rhs(), name, defined);
        underWay.remove(name);
        if (names.find(name) instanceof Symbol.Broken) {
            return;
        }
        Context context = context(Context.Use.EQUATION);
        Names inner = names.inside();
        List<Range> ranges = new ArrayList<>();
        boolean good = Targets.bind(defined.target().brackets(), defined.rhs(), context, inner, ranges);
        Expr rhs = Resolver.value(defined.rhs(), context.names(inner).facts(Facts.NONE.with(ranges)));
        if (!good) {
            names.put(name, Symbol.Broken.BROKEN);
            return;
        }
        List<IntExpr> shape = ranges.stream().map(Range::hi).toList();
        Tensor tensor = new Tensor(
                name,
                defined.role(),
                shape,
                Optional.empty(),
                defined.target().name().place());
        declare(tensor);
        if (rhs != null) {
            equations.put(name, new Equation(tensor, ranges, rhs, defined.place()));
        }
    }

    /** Resolves the lets that an equation reads before the equation itself. */
    private void readFirst(Node node, String reader, Syntax.Defined defined) {
        if (node instanceof Node.Access access && access.reference().kind() == Node.Reference.Kind.NAME) {
            String name = access.reference().name();
            Syntax.Defined read = pending.get(name);
            if (read != null && underWay.contains(name)) {
                String how = name.equals(reader)
                        ? "`" + name + "` is defined through itself"
                        : "`" + reader + "` and `" + name + "` are defined through each other";
                work.tell(Diagnostic.error(Codes.L051.name(), access.place(), how));
                names.put(reader, Symbol.Broken.BROKEN);
            } else if (read != null && read.role() == Tensor.Role.OUTPUT) {
                readsOutput(name, access.place());
                equation(read);
            } else if (read != null) {
                equation(read);
            }
        }
        Nodes.children(node).forEach(child -> readFirst(child, reader, defined));
    }

    private void readsOutput(String name, Place place) {
        work.tell(Diagnostic.error(Codes.L050.name(), place, "`" + name + "` is an output, which no equation may read")
                .help("name the value with `let` and make the output equal to it"));
    }

    /** The free variables of a condition that are no sizes. */
    static Set<String> free(Cond condition, Set<String> sizes) {
        Set<String> names = new HashSet<>(Variables.of(condition));
        names.removeAll(sizes);
        return names;
    }
}
