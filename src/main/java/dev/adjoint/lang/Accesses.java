package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Diagnostics;
import dev.adjoint.diagnostic.Nearest;
import dev.adjoint.diagnostic.Place;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names, and the entries of tensors. */
final class Accesses {
    private Accesses() {}

    static Typed resolve(Node.Access access, Context context) {
        return resolve(access, null, context);
    }

    /** With a pad, the entry or that value where the index lies outside. */
    static Typed resolve(Node.Access access, @Nullable Expr pad, Context context) {
        if (access.reference().kind() == Node.Reference.Kind.NAME) {
            Symbol symbol = context.names().find(access.reference().name());
            if (!(symbol instanceof Symbol.Tensor)) {
                return named(access, symbol, context);
            }
        }
        TensorValue tensor = tensor(access.reference(), context);
        return tensor == null ? Typed.Bad.BAD : entry(tensor, access.index(), access, pad, context);
    }

    /** What a reference denotes, if it is a tensor; otherwise null, and told. */
    static @Nullable TensorValue tensor(Node.Reference reference, Context context) {
        String name = reference.name();
        if (reference.kind() == Node.Reference.Kind.NAME) {
            Symbol symbol = context.names().find(name);
            if (symbol instanceof Symbol.Tensor t) {
                return t.tensor();
            }
            if (symbol == null) {
                unknown(reference, context);
            } else if (!(symbol instanceof Symbol.Broken)) {
                context.error(Codes.L023, reference.place(), "`" + name + "` is " + symbol.kind() + ", no tensor");
            }
            return null;
        }
        if (context.use() != Context.Use.CLAIM) {
            context.error(Codes.L054, reference.place(), "`" + reference + "` stands in claims only");
            return null;
        }
        return reference.kind() == Node.Reference.Kind.DELTA ? delta(reference, context) : gradient(reference, context);
    }

    private static @Nullable TensorValue delta(Node.Reference reference, Context context) {
        List<String> outputs = context.work().outputs;
        String name = reference.name();
        if (context.work().damaged && !(name.isEmpty() ? outputs.size() == 1 : outputs.contains(name))) {
            return null;
        }
        if (name.isEmpty() && outputs.size() != 1) {
            context.error(Diagnostic.error(
                            Codes.L054.name(),
                            reference.place(),
                            "the layer has " + count(outputs.size(), "output", "outputs") + ", whose delta is meant?")
                    .help("write one of "
                            + String.join(
                                    ", ",
                                    outputs.stream().map(o -> "delta." + o).toList())));
            return null;
        }
        String output = name.isEmpty() ? outputs.get(0) : name;
        if (!outputs.contains(output)) {
            Diagnostic diagnostic = Diagnostic.error(
                    Codes.L022.name(),
                    reference.place(),
                    "there is no output `" + output + "` for an error to arrive at");
            context.error(diagnostic.help("outputs are " + String.join(", ", outputs)));
            return null;
        }
        TensorValue.Stored stored = context.work().tensors.get(output);
        return stored == null
                ? null
                : new TensorValue.Stored(context.work().delta(output), stored.shape(), Optional.empty());
    }

    private static @Nullable TensorValue gradient(Node.Reference reference, Context context) {
        String name = reference.name();
        Tensor.Role role = context.work().roles.get(name);
        if (role == null) {
            if (!(context.names().find(name) instanceof Symbol.Broken)) {
                unknown(reference, context);
            }
            return null;
        }
        if (role == Tensor.Role.CONST || role == Tensor.Role.OUTPUT) {
            boolean output = role == Tensor.Role.OUTPUT;
            Diagnostic diagnostic = Diagnostic.error(
                    Codes.L054.name(),
                    reference.place(),
                    "`" + name + "` is " + (output ? "an output" : "a constant") + " and has no gradient");
            context.error(
                    output
                            ? diagnostic.help("the error that arrives at it is "
                                    + context.work().delta(name))
                            : diagnostic.help("make it an input or a param, if it should have one"));
            return null;
        }
        TensorValue.Stored stored = context.work().tensors.get(name);
        return stored == null ? null : new TensorValue.Stored(Ref.grad(name), stored.shape(), Optional.empty());
    }

    /** A name that is no tensor: an index, a size, an argument, a constant. */
    private static Typed named(Node.Access access, @Nullable Symbol symbol, Context context) {
        String name = access.reference().name();
        if (symbol instanceof Symbol.Broken) {
            checkIndices(access, context);
            return Typed.Bad.BAD;
        }
        if (symbol == null) {
            Typed constant = constant(name);
            if (constant == null) {
                if (Calls.isBuiltIn(name)) {
                    withoutArgument(access, "a function", context);
                } else {
                    unknown(access.reference(), context);
                    checkIndices(access, context);
                }
                return Typed.Bad.BAD;
            }
            if (access.index().isEmpty()) {
                return constant;
            }
        } else if (access.index().isEmpty()) {
            if (symbol instanceof Symbol.Int i) {
                return new Typed.Int(i.value());
            }
            if (symbol instanceof Symbol.Argument a) {
                return Resolver.resolve(
                        a.node(), context.names(a.names()).applied(a.applied()).inIndex(context.index()));
            }
            withoutArgument(access, symbol.kind(), context);
            return Typed.Bad.BAD;
        }
        String kind = symbol == null ? "a constant" : symbol.kind();
        context.error(Codes.L023, access.place(), "`" + name + "` is " + kind + " and has no axes to index");
        return Typed.Bad.BAD;
    }

    /** Of what is no tensor, at least the indices are looked at. */
    private static void checkIndices(Node.Access access, Context context) {
        List<Node> index =
                access.index().stream().filter(n -> !(n instanceof Node.Slice)).toList();
        Resolver.integers(index, context.inIndex(true));
    }

    private static void withoutArgument(Node.Access access, String kind, Context context) {
        String name = access.reference().name();
        context.error(Diagnostic.error(
                        Codes.L023.name(),
                        access.place(),
                        "`" + name + "` is " + kind + " and stands without its argument")
                .help("write " + name + "(…)"));
    }

    private static @Nullable Typed constant(String name) {
        return switch (name) {
            case "pi", "π" -> new Typed.Real(new Expr.Pi());
            case "inf", "∞" -> new Typed.Real(new Expr.Inf());
            default -> null;
        };
    }

    static void unknown(Node.Reference reference, Context context) {
        String name = reference.name();
        Set<String> known = new LinkedHashSet<>(context.names().all());
        if (context.use() == Context.Use.CLAIM) {
            known.add("delta");
        }
        boolean index = context.index() && reference.kind() == Node.Reference.Kind.NAME;
        Diagnostic diagnostic = index
                ? Diagnostic.error(
                        Codes.L026.name(), reference.place(), "there is no index or size `" + name + "` here")
                : Diagnostic.error(Codes.L022.name(), reference.place(), "`" + name + "` is not known here");
        Optional<String> nearest = name.length() < 2 ? Optional.empty() : Nearest.to(name, known);
        if (nearest.isPresent()) {
            diagnostic = diagnostic.help("did you mean `" + nearest.get() + "`?");
        } else if (index && context.use() != Context.Use.SHAPE) {
            diagnostic = diagnostic.help(
                    Character.isUpperCase(name.charAt(0))
                            ? "sizes stand behind the layer's name, layer L[" + name + "], those of a definition in the"
                                    + " shapes of its parameters"
                            : context.use() == Context.Use.CLAIM
                                    ? "the indices of a claim stand on its left; sum over others: sum[" + name + "](…)"
                                    : "give it a range in the target, or sum over it: sum[" + name + "](…)");
        } else if (context.use() == Context.Use.SHAPE) {
            diagnostic = diagnostic.help(
                    "shapes are made of the layer's sizes, which stand behind its name: layer L[" + name + "]");
        } else if (!known.isEmpty() && known.size() <= 20) {
            diagnostic = diagnostic.help("known are " + String.join(", ", known));
        }
        if (!isTold(diagnostic.message(), reference.place(), context.work().found())) {
            context.error(diagnostic);
        }
    }

    /** Whether the same has been said of the same line: one name is one mistake, however often it is used there. */
    private static boolean isTold(String message, Place place, Diagnostics found) {
        return found.list().stream()
                .filter(d -> d.message().equals(message))
                .map(Diagnostic::place)
                .anyMatch(told -> told != null && told.file().equals(place.file()) && told.line() == place.line());
    }

    /** The entry of a tensor; the whole tensor, if there is no index; a slice, if some axes are whole. */
    static Typed entry(TensorValue tensor, List<Node> index, Node node, @Nullable Expr pad, Context context) {
        if (index.isEmpty() && tensor.rank() > 0 && pad == null) {
            return new Typed.Whole(tensor);
        }
        if (index.size() != tensor.rank()) {
            context.error(wrongCount(tensor, index.size(), node));
            index.stream()
                    .filter(i -> !(i instanceof Node.Slice))
                    .forEach(i -> Resolver.resolve(i, context.inIndex(true)));
            return Typed.Bad.BAD;
        }
        List<@Nullable IntExpr> values = new ArrayList<>();
        boolean slice = false;
        boolean bad = false;
        for (Node each : index) {
            if (each instanceof Node.Slice) {
                slice = true;
                values.add(null);
            } else {
                IntExpr value = index(each, context);
                bad |= value == null;
                values.add(value);
            }
        }
        if (bad) {
            return Typed.Bad.BAD;
        }
        if (slice) {
            return new Typed.Whole(new TensorValue.Slice(tensor, values));
        }
        List<IntExpr> at = new ArrayList<>();
        values.forEach(v -> at.add(java.util.Objects.requireNonNull(v)));
        return tensor.element(at, pad, context, node.place());
    }

    private static @Nullable IntExpr index(Node node, Context context) {
        return Resolver.integer(node, context.inIndex(true));
    }

    static Diagnostic wrongCount(TensorValue tensor, int found, Node node) {
        String axes = count(tensor.rank(), "axis", "axes");
        String indices = count(found, "index", "indices");
        Diagnostic diagnostic = Diagnostic.error(
                Codes.L032.name(),
                node.place(),
                tensor.title() + " has " + axes + ", here " + (found == 1 ? "is " : "are ") + indices);
        return tensor.rank() == 0 ? diagnostic : diagnostic.note("its shape is " + tensor.shape(), null);
    }

    /** The one entry of a tensor that this is, as a read; null, and told, if it is something else. */
    static Expr.@Nullable Read stored(Node node, Context context) {
        Node bare = Nodes.bare(node);
        TensorValue tensor = bare instanceof Node.Access access ? tensor(access.reference(), context) : null;
        if (!(bare instanceof Node.Access access)) {
            context.error(
                    Codes.L030, node.place(), "a derivative is taken by one entry of a tensor, as d(y[i]) / d(x[j])");
            return null;
        }
        if (tensor == null) {
            return null;
        }
        Typed entry = entry(tensor, access.index(), access, null, context);
        if (entry instanceof Typed.Real real && real.value() instanceof Expr.Read read && read.pad() == null) {
            return read;
        }
        if (!(entry instanceof Typed.Bad)) {
            context.error(
                    Codes.L030,
                    node.place(),
                    entry instanceof Typed.Whole
                            ? "a derivative is taken by one entry: give " + tensor.title() + " its indices"
                            : "a derivative is taken by one entry of a real tensor");
        }
        return null;
    }

    static String count(int number, String one, String many) {
        return number == 0 ? "no " + many : number == 1 ? "1 " + one : number + " " + many;
    }

    /** Indices as they might be written, {@code [i, j]}. */
    static String example(int rank) {
        List<String> names = new ArrayList<>();
        for (int k = 0; k < rank; k++) {
            names.add(k < 6 ? String.valueOf((char) ('i' + k)) : "i" + k);
        }
        return String.join(", ", names).transform(s -> "[" + s + "]").toLowerCase(Locale.ROOT);
    }
}
