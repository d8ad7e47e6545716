package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Place;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Position;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sums and their kin: binds the indices of their brackets, inside which the body is resolved. */
final class Reductions {
    private Reductions() {}

    static Typed resolve(Node.Reduction r, Context context) {
        Context outer = context.inIndex(false);
        Names names = outer.names().inside();
        Context inside = outer.names(names);
        List<Range> ranges = new ArrayList<>();
        Set<String> here = new HashSet<>();
        boolean good = true;
        for (int k = 0; k < r.ranges().size(); k++) {
            Optional<RangeText> text = RangeText.of(r.ranges().get(k), inside);
            if (text.isEmpty()) {
                good = false;
                RangeText.meant(r.ranges().get(k), names).forEach(n -> names.put(n, Symbol.Broken.BROKEN));
                continue;
            }
            String name = text.get().name();
            if (!canBind(name, text.get().place(), here, outer)) {
                good = false;
                here.add(name);
                if (outer.names().find(name) == null) {
                    names.put(name, Symbol.Broken.BROKEN);
                }
                continue;
            }
            here.add(name);
            List<Node> searched = new ArrayList<>(List.of(r.body()));
            searched.addAll(r.ranges().subList(k + 1, r.ranges().size()));
            Optional<Range> range = text.get().resolve(fresh(name, inside), inside, searched.toArray(Node[]::new));
            if (range.isEmpty()) {
                good = false;
                names.put(name, Symbol.Broken.BROKEN);
                continue;
            }
            names.put(name, new Symbol.Int(range.get().index(), false));
            inside = inside.facts(inside.facts().with(range.get()));
            ranges.add(range.get());
        }
        Expr body = Resolver.value(r.body(), inside);
        return good && body != null ? reduced(r, ranges, body, context) : Typed.Bad.BAD;
    }

    /** Whether an index may have this name here; if not, it is told. */
    static boolean canBind(String name, Place place, Set<String> here, Context context) {
        Diagnostic hostile = Identifiers.check(name, place);
        if (hostile != null) {
            context.error(hostile);
            return false;
        }
        if (here.contains(name)) {
            context.error(Codes.L024, place, "the index `" + name + "` is bound twice in one bracket");
            return false;
        }
        Symbol symbol = context.names().find(name);
        if (symbol == null) {
            return true;
        }
        if (symbol instanceof Symbol.Broken) {
            return false;
        }
        if (symbol instanceof Symbol.Int i && !i.size()) {
            context.error(
                    Diagnostic.error(Codes.L024.name(), place, "the index `" + name + "` is bound already around here")
                            .help("give one of the two another name"));
        } else if (symbol instanceof Symbol.Defined) {
            return true;
        } else {
            context.error(Diagnostic.error(
                            Codes.L025.name(),
                            place,
                            "`" + name + "` is " + symbol.kind() + "; an index of that name would hide it")
                    .help("give the index another name"));
        }
        return false;
    }

    /** A name that no index around has, nor anything of the layer: in definitions it may differ from what was written. */
    static String fresh(String name, Context context) {
        Set<String> taken = new HashSet<>(context.facts().indices());
        if (context.applied() != null) {
            taken.addAll(context.work().reserved);
        }
        return dev.adjoint.expr.Names.fresh(name, taken);
    }

    private static Typed reduced(Node.Reduction r, List<Range> ranges, Expr body, Context context) {
        return switch (r.kind()) {
            case SUM -> new Typed.Real(Exprs.reduce(Expr.Reduce.Kind.SUM, ranges, body));
            case PROD -> new Typed.Real(Exprs.reduce(Expr.Reduce.Kind.PROD, ranges, body));
            case MAX -> new Typed.Real(Exprs.reduce(Expr.Reduce.Kind.MAX, ranges, body));
            case MIN -> new Typed.Real(Exprs.reduce(Expr.Reduce.Kind.MIN, ranges, body));
            case MEAN -> new Typed.Real(Exprs.div(Exprs.reduce(Expr.Reduce.Kind.SUM, ranges, body), count(ranges)));
            case ARGMAX, ARGMIN -> position(r, ranges, body, context);
        };
    }

    /** How many points the ranges hold. */
    private static Expr count(List<Range> ranges) {
        if (!isBox(ranges)) {
            return new Expr.Reduce(Expr.Reduce.Kind.SUM, ranges, Expr.Num.ONE);
        }
        IntExpr count = IntExpr.ONE;
        for (Range range : ranges) {
            count = count.times(range.extent());
        }
        return Exprs.integer(count);
    }

    private static Typed position(Node.Reduction r, List<Range> ranges, Expr body, Context context) {
        if (!isBox(ranges)) {
            context.error(
                    Codes.L034,
                    r.place(),
                    "the window of `" + r.kind()
                            + "` is no box: a bound uses an index of the same window, and positions in it have no"
                            + " row-major order");
            return Typed.Bad.BAD;
        }
        return new Typed.Int(IntExpr.of(new Position.Arg(r.kind() == Node.Reduction.Kind.ARGMAX, ranges, body)));
    }

    private static boolean isBox(List<Range> ranges) {
        Set<String> names = new HashSet<>();
        for (Range range : ranges) {
            for (String name : names) {
                if (range.lo().variables().contains(name)
                        || range.hi().variables().contains(name)) {
                    return false;
                }
            }
            names.add(range.name());
        }
        return true;
    }
}
