package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies definitions: sizes bind by matching the shapes of the arguments. */
final class Applications {
    private Applications() {}

    /** The definition's tensor for these arguments; null, and told, if they do not fit. */
    static @Nullable TensorValue of(Node.Call call, Context context) {
        Symbol symbol = context.names().find(call.name());
        Syntax.Definition definition;
        Names seen;
        if (symbol instanceof Symbol.Defined d) {
            definition = d.definition();
            seen = d.names();
        } else if (symbol instanceof Symbol.FunctionBy f) {
            definition = f.definition();
            seen = f.names();
        } else {
            return null;
        }
        List<Syntax.Shaped> parameters = definition.parameters();
        if (call.args().size() != parameters.size()) {
            context.error(Diagnostic.error(
                            Codes.L037.name(),
                            call.place(),
                            "`" + call.name() + "` takes " + Accesses.count(parameters.size(), "argument", "arguments")
                                    + ", here "
                                    + (call.args().size() == 1 ? "is " : "are ")
                                    + Accesses.count(call.args().size(), "argument", "arguments"))
                    .note("it is defined here", definition.name().place()));
            return null;
        }
        Names arguments = seen.inside();
        boolean good = true;
        List<Runnable> shapes = new ArrayList<>();
        boolean[] fits = {true};
        for (int k = 0; k < parameters.size(); k++) {
            Syntax.Shaped parameter = parameters.get(k);
            Node arg = call.args().get(k);
            if (parameter.brackets().isEmpty()) {
                good &= scalar(arguments, parameter, arg, context);
                continue;
            }
            TensorValue tensor = whole(arg, parameter, context);
            if (tensor == null) {
                good = false;
                continue;
            }
            arguments.put(parameter.name().text(), new Symbol.Tensor(tensor));
            for (int axis = 0; axis < tensor.rank(); axis++) {
                String size = Nodes.name(parameter.brackets().get(axis));
                if (!size.isEmpty() && seen.find(size) == null && arguments.find(size) == null) {
                    arguments.put(size, new Symbol.Int(tensor.shape().get(axis), true));
                } else {
                    int at = axis;
                    shapes.add(() -> fits[0] &= fits(parameter, at, tensor, arguments, arg, context));
                }
            }
        }
        shapes.forEach(Runnable::run);
        return good && fits[0] ? applied(definition, arguments, call, context) : null;
    }

    private static boolean scalar(Names arguments, Syntax.Shaped parameter, Node arg, Context context) {
        Context quiet = context.quiet().inIndex(false);
        Typed typed = Resolver.resolve(arg, quiet);
        if (typed instanceof Typed.Bad || Resolver.asValue(typed, arg, quiet) == null) {
            // Once more, aloud: the error belongs to the argument, whether the body uses it or not.
            Resolver.value(arg, context.inIndex(false));
            return false;
        }
        arguments.put(parameter.name().text(), new Symbol.Argument(arg, context.names(), context.applied()));
        return true;
    }

    private static @Nullable TensorValue whole(Node arg, Syntax.Shaped parameter, Context context) {
        Typed typed = Resolver.resolve(arg, context.inIndex(false));
        if (typed instanceof Typed.Bad) {
            return null;
        }
        int rank = parameter.brackets().size();
        if (!(typed instanceof Typed.Whole whole)) {
            context.error(
                    Codes.L037,
                    arg.place(),
                    "a whole tensor of " + Accesses.count(rank, "axis", "axes") + " is wanted here, this is "
                            + typed.sort());
            return null;
        }
        if (whole.tensor().rank() != rank) {
            context.error(Diagnostic.error(
                            Codes.L032.name(),
                            arg.place(),
                            "a tensor of " + Accesses.count(rank, "axis", "axes") + " is wanted here, this has "
                                    + whole.tensor().rank())
                    .note("`" + parameter.name().text() + "` is declared here", parameter.place()));
            return null;
        }
        return whole.tensor();
    }

    private static boolean fits(
            Syntax.Shaped parameter, int axis, TensorValue tensor, Names arguments, Node arg, Context context) {
        Node bracket = parameter.brackets().get(axis);
        IntExpr wanted = Resolver.integer(bracket, context.names(arguments).facts(Facts.NONE));
        IntExpr found = tensor.shape().get(axis);
        if (wanted == null) {
            return false;
        }
        if (!context.work().same(wanted, found)) {
            context.error(Diagnostic.error(
                            Codes.L033.name(),
                            arg.place(),
                            "axis " + axis + " of " + tensor.title() + " has " + found + " entries, where " + wanted
                                    + " are wanted")
                    .note("`" + parameter.name().text() + "` is declared here", bracket.place()));
            return false;
        }
        return true;
    }

    private static @Nullable TensorValue applied(
            Syntax.Definition definition, Names arguments, Node.Call call, Context context) {
        Context.Applied by = context.applied() != null
                ? context.applied()
                : new Context.Applied(definition.name().text(), call.place());
        Context inside = context.names(arguments).facts(Facts.NONE).applied(by);
        List<Range> ranges = new ArrayList<>();
        if (!Targets.bind(definition.target(), definition.body(), inside, arguments.inside(), ranges)) {
            return null;
        }
        List<String> indices = ranges.stream().map(Range::name).toList();
        List<IntExpr> shape = ranges.stream().map(Range::hi).toList();
        return new TensorValue.Applied(definition, arguments, indices, shape);
    }
}
