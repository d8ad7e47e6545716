package dev.adjoint.emit;

import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.IntExpr;
import dev.adjoint.loop.Lane;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Test;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Values and conditions of lanes as calls of the Vector API. */
final class LaneText {
    private final JavaText scalars;
    private final boolean single;

    LaneText(JavaText scalars, boolean single) {
        this.scalars = scalars;
        this.single = single;
    }

    String type() {
        return single ? "FloatVector" : "DoubleVector";
    }

    String text(Real e) {
        if (e instanceof Real.Local local) {
            return local.name();
        }
        if (e instanceof Real.Lanes l) {
            return load(l);
        }
        if (e instanceof Real.Spread s) {
            return s.value().equals(Real.ZERO)
                    ? type() + ".zero(SPECIES)"
                    : type() + ".broadcast(SPECIES, " + scalars.real(s.value()) + ")";
        }
        if (e instanceof Real.OfInt i) {
            return numbers(i.value());
        }
        if (e instanceof Real.Unbraided u) {
            scalars.helpers().add("braids");
            return "unbraid(" + text(u.lanes()) + ")";
        }
        if (e instanceof Real.Fma f) {
            return text(f.a()) + ".fma(" + text(f.b()) + ", " + text(f.c()) + ")";
        }
        if (e instanceof Real.Negate n) {
            return text(n.arg()) + ".neg()";
        }
        if (e instanceof Real.Binary b
                && b.left() instanceof Real.Spread
                && !(b.right() instanceof Real.Spread)
                && b.op() != Real.Op.SUB
                && b.op() != Real.Op.DIV) {
            return text(new Real.Binary(b.op(), b.right(), b.left()));
        }
        if (e instanceof Real.Binary b) {
            return text(b.left()) + "." + b.op().toString().toLowerCase(Locale.ROOT) + "(" + operand(b.right()) + ")";
        }
        if (e instanceof Real.Choose c) {
            return text(c.otherwise()) + ".blend(" + operand(c.then()) + ", " + mask(c.test()) + ")";
        }
        if (e instanceof Real.Call c) {
            return call(c);
        }
        throw new IllegalStateException("vectors have no " + e);
    }

    /** The methods take a scalar where it is the same in all lanes. */
    private String operand(Real e) {
        return e instanceof Real.Spread s ? scalars.real(s.value()) : text(e);
    }

    private String load(Real.Lanes l) {
        String arguments = l.buffer() + ", " + scalars.integer(l.at()) + ")";
        if (l.stride() == 1) {
            return type() + ".fromArray(SPECIES, " + arguments;
        }
        if (l.braided()) {
            scalars.helpers().add("braids");
            return "braid(" + arguments;
        }
        scalars.helpers().addAll(Set.of("every" + l.stride(), "picks"));
        return "every" + l.stride() + "(" + arguments;
    }

    /** {@code e + c·lane} in each lane. */
    private String numbers(IntExpr e) {
        IntExpr rest = e.substitute(Lane.NUMBER.asVariable().orElseThrow(), IntExpr.ZERO);
        if (rest.equals(e)) {
            return type() + ".broadcast(SPECIES, " + scalars.real(new Real.OfInt(e)) + ")";
        }
        scalars.helpers().add("numbers");
        long c = e.coefficient(Lane.NUMBER.asVariable().orElseThrow()).orElseThrow();
        String numbers = c == 1 ? "NUMBERS" : c == -1 ? "NUMBERS.neg()" : "NUMBERS.mul(" + c + ")";
        return rest.isZero() ? numbers : numbers + ".add(" + scalars.real(new Real.OfInt(rest)) + ")";
    }

    private String call(Real.Call c) {
        String arg = text(c.arg());
        return switch (c.fun()) {
            case RELU -> arg + ".max(0)";
            case ABS, SQRT -> arg + "." + c.fun() + "()";
            case EXP, LOG, LOG1P, TANH, SIGMOID -> {
                scalars.helpers().addAll(helpers(c.fun()));
                yield c.fun() + "Lanes(" + arg + ")";
            }
            case ERF -> {
                scalars.helpers().addAll(helpers(c.fun()));
                // Methods that call one another would be compiled together, and then be too large to be inlined.
                yield "erfLanes(" + arg + ", expLanes(erfExponentLanes(" + arg + ").neg()))";
            }
            case SIN, COS, FLOOR -> throw new IllegalStateException("vectors have no " + c.fun());
        };
    }

    /** The methods that compute a function. */
    private static List<String> helpers(Fun.Known fun) {
        return switch (fun) {
            case LOG, LOG1P -> List.of(fun + "Lanes", "logarithmsLanes", "roundedLanes");
            case TANH -> List.of("tanhLanes", "seriesLanes", "powersLanes", "roundedLanes");
            default -> List.of(fun + "Lanes", "expLanes", "seriesLanes", "powersLanes", "roundedLanes");
        };
    }

    String mask(Test t) {
        if (t instanceof Test.Mask m) {
            return m.name();
        }
        if (t instanceof Test.Ints i) {
            return compare(numbers(i.left()), i.rel(), numbers(i.right()));
        }
        if (t instanceof Test.Reals r) {
            return compare(text(r.left()), r.rel(), operand(r.right()));
        }
        if (t instanceof Test.All all) {
            return joined(all.parts(), ".and(");
        }
        if (t instanceof Test.Any any) {
            return joined(any.parts(), ".or(");
        }
        return mask(((Test.Not) t).part()) + ".not()";
    }

    private static String compare(String left, Rel rel, String right) {
        return left + ".compare(VectorOperators." + rel.name() + ", " + right + ")";
    }

    private String joined(List<Test> parts, String by) {
        StringBuilder text = new StringBuilder(mask(parts.get(0)));
        parts.subList(1, parts.size())
                .forEach(part -> text.append(by).append(mask(part)).append(")"));
        return text.toString();
    }
}
