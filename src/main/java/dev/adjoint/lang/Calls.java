package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Nearest;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.IntExpr;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions, {@code pad} and {@code stop}, and definitions applied to elements. */
final class Calls {
    private Calls() {}

    /** The function of the language that has this name. */
    static Fun.@Nullable Known known(String name) {
        for (Fun.Known fun : Fun.Known.values()) {
            if (fun.toString().equals(name)) {
                return fun;
            }
        }
        return null;
    }

    /** Whether this is the name of a function of the language, or of {@code pad} or {@code stop}. */
    static boolean isBuiltIn(String name) {
        return known(name) != null || name.equals("pad") || name.equals("stop");
    }

    static Typed resolve(Node.Call call, Context context) {
        if (call.name().equals("pad")) {
            return pad(call, context);
        }
        if (call.name().equals("stop")) {
            Expr stopped = argument(call, context);
            return stopped == null ? Typed.Bad.BAD : new Typed.Real(new Expr.Stop(stopped));
        }
        Fun.Known known = known(call.name());
        Symbol symbol = context.names().find(call.name());
        if (known != null && symbol == null) {
            return known(known, call, context);
        }
        if (symbol instanceof Symbol.Defined || symbol instanceof Symbol.FunctionBy && call.primes() == 0) {
            return defined(call, context);
        }
        if (symbol instanceof Symbol.Function f) {
            Expr arg = argument(call, context);
            return arg == null ? Typed.Bad.BAD : new Typed.Real(apply(f.fun(), call.primes(), arg));
        }
        if (symbol instanceof Symbol.FunctionBy) {
            context.error(Codes.L037, call.place(), "`" + call.name() + "` is bound to a definition, which has no '");
        } else if (symbol == null) {
            unknown(call, context);
        } else if (!(symbol instanceof Symbol.Broken)) {
            Diagnostic diagnostic = Diagnostic.error(
                    Codes.L023.name(),
                    call.place(),
                    "`" + call.name() + "` is " + symbol.kind() + " and takes no arguments in (…)");
            context.error(
                    symbol instanceof Symbol.Tensor ? diagnostic.help("indices stand in square brackets") : diagnostic);
        }
        return Typed.Bad.BAD;
    }

    /** {@code f''(x)}: of an open function by its order, of a known one by its formula. */
    static Expr apply(Fun fun, int primes, Expr arg) {
        if (fun instanceof Fun.Open open) {
            return Exprs.apply(new Fun.Open(open.name(), open.order() + primes), arg);
        }
        return primes == 0 ? Exprs.apply(fun, arg) : KnownDerivatives.of((Fun.Known) fun, arg);
    }

    private static void unknown(Node.Call call, Context context) {
        Set<String> callable = new LinkedHashSet<>();
        for (Fun.Known fun : Fun.Known.values()) {
            callable.add(fun.toString());
        }
        callable.addAll(List.of("pad", "stop", "max", "min"));
        for (String name : context.names().all()) {
            Symbol symbol = context.names().find(name);
            if (symbol instanceof Symbol.Defined || symbol instanceof Symbol.Function) {
                callable.add(name);
            }
        }
        Diagnostic diagnostic = Diagnostic.error(
                Codes.L022.name(), call.namePlace(), "there is no function or definition `" + call.name() + "`");
        context.error(Nearest.to(call.name(), callable)
                .map(near -> diagnostic.help("did you mean `" + near + "`?"))
                .orElse(diagnostic.help("declare it: `function " + call.name() + "` in the layer, or `def "
                        + call.name() + "(…) = …`, or import it")));
    }

    private static Typed known(Fun.Known fun, Node.Call call, Context context) {
        if (call.primes() > 0) {
            context.error(
                    Codes.L037, call.place(), "a ' derives functions that a layer leaves open, not `" + fun + "`");
            return Typed.Bad.BAD;
        }
        if (!hasOneArgument(call, context)) {
            return Typed.Bad.BAD;
        }
        Typed arg = Resolver.resolve(call.args().get(0), context.inIndex(false));
        if (fun == Fun.Known.ABS && arg instanceof Typed.Int i) {
            return new Typed.Int(i.value().abs());
        }
        Expr value = Resolver.asValue(arg, call.args().get(0), context);
        return value == null ? Typed.Bad.BAD : new Typed.Real(Exprs.apply(fun, value));
    }

    private static boolean hasOneArgument(Node.Call call, Context context) {
        if (call.args().size() != 1) {
            context.error(
                    Codes.L037,
                    call.place(),
                    "`" + call.name() + "` takes one argument, here "
                            + (call.args().isEmpty()
                                    ? "is none"
                                    : "are " + call.args().size()));
            return false;
        }
        if (!call.index().isEmpty()) {
            context.error(Codes.L032, call.place(), "`" + call.name() + "(…)` is a value and has no axes to index");
            return false;
        }
        return true;
    }

    private static @Nullable Expr argument(Node.Call call, Context context) {
        if (!hasOneArgument(call, context)) {
            return null;
        }
        if (call.primes() > 0 && !(context.names().find(call.name()) instanceof Symbol.Function)) {
            context.error(Codes.L037, call.place(), "`" + call.name() + "` has no '");
            return null;
        }
        return Resolver.value(call.args().get(0), context.inIndex(false));
    }

    /** {@code pad(T[…])} or {@code pad(T[…], v)}. */
    private static Typed pad(Node.Call call, Context context) {
        if (call.args().isEmpty() || call.args().size() > 2 || !call.index().isEmpty() || call.primes() > 0) {
            context.error(
                    Codes.L037,
                    call.place(),
                    "`pad` takes an access and, if it is not 0, what is read outside: pad(o[i-1], v)");
            return Typed.Bad.BAD;
        }
        Expr outside = Expr.Num.ZERO;
        if (call.args().size() == 2) {
            outside = Resolver.value(call.args().get(1), context.inIndex(false));
            if (outside != null && !Variables.refs(outside).isEmpty()) {
                context.error(Codes.L055, call.args().get(1).place(), "what is read outside must be a constant");
                outside = null;
            }
        }
        Node inner = Nodes.bare(call.args().get(0));
        if (outside == null) {
            Resolver.resolve(inner, context.quiet());
            return Typed.Bad.BAD;
        }
        if (inner instanceof Node.Access access && !access.index().isEmpty()) {
            return Accesses.resolve(access, outside, context);
        }
        if (inner instanceof Node.Call applied
                && !applied.index().isEmpty()
                && context.names().find(applied.name()) instanceof Symbol.Defined) {
            TensorValue tensor = Applications.of(applied, context);
            return tensor == null ? Typed.Bad.BAD : Accesses.entry(tensor, applied.index(), applied, outside, context);
        }
        context.error(Diagnostic.error(Codes.L055.name(), inner.place(), "`pad` encloses one access, as pad(o[i-1])")
                .help("pad each access by itself"));
        return Typed.Bad.BAD;
    }

    /** A definition at an index, or as a whole. */
    private static Typed defined(Node.Call call, Context context) {
        if (call.primes() > 0) {
            context.error(Codes.L037, call.place(), "a ' derives functions that a layer leaves open, not definitions");
            return Typed.Bad.BAD;
        }
        TensorValue tensor = Applications.of(call, context);
        if (tensor == null) {
            return Typed.Bad.BAD;
        }
        return tensor.rank() == 0 && call.index().isEmpty()
                ? tensor.element(List.<IntExpr>of(), null, context, call.place())
                : Accesses.entry(tensor, call.index(), call, null, context);
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
