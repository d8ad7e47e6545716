package dev.adjoint.emit;

import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.IntExpr;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Test;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Scalars and conditions of a plan as Java expressions, with no more parentheses than needed. */
final class JavaText {
    private static final int TERNARY = 0;
    private static final int OR = 1;
    private static final int AND = 2;
    private static final int COMPARE = 3;
    private static final int SUM = 4;
    private static final int PRODUCT = 5;
    private static final int UNARY = 6;
    private static final int PRIMARY = 7;

    private final boolean single;
    private final boolean vectors;
    private final JavaIntegers integers;
    private final Set<String> helpers = new TreeSet<>();
    private final LongText longs;
    private final LaneText lanes;
    private boolean masks;

    /** @param vectors whether the class is one that imports the Vector API */
    JavaText(boolean single, boolean vectors, UnaryOperator<String> names, Set<String> sizes) {
        this.single = single;
        this.vectors = vectors;
        this.integers = new JavaIntegers(names, sizes);
        this.longs = new LongText(names);
        this.lanes = new LaneText(this, single);
    }

    /** The helper methods that the text so far calls. */
    Set<String> helpers() {
        return helpers;
    }

    /** The types of the Vector API that the text so far and its helper methods name. */
    List<String> imports() {
        Set<String> types =
                new TreeSet<>(Set.of(single ? "FloatVector" : "DoubleVector", "VectorOperators", "VectorSpecies"));
        if (helpers.contains("roundedLanes")) {
            types.addAll(Set.of("IntVector", "VectorMask"));
        }
        if (masks) {
            types.add("VectorMask");
        }
        if (Stream.of("picks", "spreads", "braids").anyMatch(helpers::contains)) {
            types.addAll(Set.of("VectorMask", "VectorShuffle"));
        }
        return List.copyOf(types);
    }

    String type() {
        return single ? "float" : "double";
    }

    /** The method that copies a part of an array, {@code (from, at, to, toAt, length)}. */
    String copy() {
        if (!vectors) {
            return "System.arraycopy";
        }
        helpers.add("copyEntries");
        return "copyEntries";
    }

    /** The type of a value: a scalar's, or that of vectors. */
    String type(Real e) {
        return e.isLanes() ? lanes.type() : type();
    }

    /** The type of a condition of lanes. */
    String maskType() {
        masks = true;
        return "VectorMask<" + (single ? "Float" : "Double") + ">";
    }

    /** The method that stores n vectors side by side. */
    String interleave(int n) {
        helpers.addAll(Set.of("interleave" + n, "spreads"));
        return "interleave" + n;
    }

    String integer(IntExpr e) {
        return integers.text(e);
    }

    /** The same in 64 bits. */
    String longInteger(IntExpr e) {
        return longs.text(e);
    }

    String real(Real e) {
        return text(e, TERNARY);
    }

    String test(Test t) {
        return text(t, OR);
    }

    private String text(Real e, int context) {
        String text = text(e);
        return level(e, text) < context ? "(" + text + ")" : text;
    }

    private static int level(Real e, String text) {
        if (e.isLanes()) {
            return PRIMARY;
        }
        if (e instanceof Real.Choose) {
            return TERNARY;
        }
        if (e instanceof Real.Binary b) {
            return switch (b.op()) {
                case ADD, SUB -> SUM;
                case MUL, DIV -> PRODUCT;
                case MAX, MIN -> PRIMARY;
            };
        }
        return text.startsWith("-") || text.startsWith("(float) ") || text.startsWith("(double) ") ? UNARY : PRIMARY;
    }

    private String text(Real e) {
        if (e.isLanes()) {
            return lanes.text(e);
        }
        if (e instanceof Real.SumOfLanes sum) {
            return lanes.text(sum.lanes()) + ".reduceLanes(VectorOperators.ADD)";
        }
        if (e instanceof Real.ExtremumOfLanes x) {
            return lanes.text(x.lanes()) + ".reduceLanes(VectorOperators." + (x.max() ? "MAX" : "MIN") + ")";
        }
        if (e instanceof Real.Literal literal) {
            return Literals.of(literal.value(), single);
        }
        if (e instanceof Real.Special special) {
            return switch (special) {
                case PI -> single ? "(float) Math.PI" : "Math.PI";
                case INFINITY -> (single ? "Float" : "Double") + ".POSITIVE_INFINITY";
                case NEGATIVE_INFINITY -> (single ? "Float" : "Double") + ".NEGATIVE_INFINITY";
            };
        }
        if (e instanceof Real.OfInt i) {
            return "(" + type() + ") " + integers.primary(i.value());
        }
        if (e instanceof Real.Local local) {
            return local.name();
        }
        if (e instanceof Real.Load load) {
            return load.buffer() + "[" + integer(load.at()) + "]";
        }
        if (e instanceof Real.Binary b) {
            return switch (b.op()) {
                case ADD -> text(b.left(), SUM) + " + " + text(b.right(), PRODUCT);
                case SUB -> text(b.left(), SUM) + " - " + text(b.right(), PRODUCT);
                case MUL -> text(b.left(), PRODUCT) + " * " + text(b.right(), UNARY);
                case DIV -> text(b.left(), PRODUCT) + " / " + text(b.right(), UNARY);
                case MAX -> "Math.max(" + real(b.left()) + ", " + real(b.right()) + ")";
                case MIN -> "Math.min(" + real(b.left()) + ", " + real(b.right()) + ")";
            };
        }
        if (e instanceof Real.Negate n) {
            return "-" + text(n.arg(), PRIMARY);
        }
        if (e instanceof Real.Fma fma) {
            return "Math.fma(" + real(fma.a()) + ", " + real(fma.b()) + ", " + real(fma.c()) + ")";
        }
        if (e instanceof Real.Call call) {
            return call(call.fun(), real(call.arg()));
        }
        if (e instanceof Real.Power power) {
            return cast("Math.pow(" + real(power.base()) + ", " + real(power.exponent()) + ")");
        }
        if (e instanceof Real.Either either) {
            helpers.add("either");
            return "either(" + text(either.test(), OR) + ", " + real(either.then()) + ", " + real(either.otherwise())
                    + ")";
        }
        Real.Choose c = (Real.Choose) e;
        return text(c.test(), OR) + " ? " + text(c.then(), OR) + " : " + text(c.otherwise(), TERNARY);
    }

    private String cast(String text) {
        return single ? "(float) " + text : text;
    }

    private String call(Fun.Known fun, String arg) {
        return switch (fun) {
            case EXP, LOG, LOG1P, SQRT, TANH, SIN, COS, FLOOR -> cast("Math." + fun + "(" + arg + ")");
            case ABS -> "Math.abs(" + arg + ")";
            case RELU -> "Math.max(" + arg + ", " + (single ? "0.0f" : "0.0") + ")";
            case SIGMOID, ERF -> {
                helpers.add(fun.toString());
                yield fun + "(" + arg + ")";
            }
        };
    }

    private String text(Test t, int context) {
        if (t.isLanes()) {
            return lanes.mask(t);
        }
        if (t instanceof Test.All all && all.parts().isEmpty()) {
            return "true";
        }
        if (t instanceof Test.Ints i) {
            String text = integer(i.left()) + " " + i.rel() + " " + integer(i.right());
            return context > COMPARE ? "(" + text + ")" : text;
        }
        if (t instanceof Test.Reals r && r.left().equals(r.right()) && (r.rel() == Rel.NE || r.rel() == Rel.EQ)) {
            return (r.rel() == Rel.EQ ? "!" : "") + (single ? "Float" : "Double") + ".isNaN(" + real(r.left()) + ")";
        }
        if (t instanceof Test.Reals r) {
            String text = text(r.left(), SUM) + " " + r.rel() + " " + text(r.right(), SUM);
            return context > COMPARE ? "(" + text + ")" : text;
        }
        if (t instanceof Test.Finite f) {
            helpers.add("isFinite");
            return "isFinite(" + f.buffer() + ")";
        }
        if (t instanceof Test.Moderate m) {
            helpers.add("isModerate");
            return "isModerate(" + m.buffer() + ")";
        }
        if (t instanceof Test.AnyLane any) {
            return text(any.part(), context) + (any.part().isLanes() ? ".anyTrue()" : "");
        }
        if (t instanceof Test.All all) {
            return joined(all.parts(), " && ", AND, context);
        }
        if (t instanceof Test.Any any) {
            return joined(any.parts(), " || ", OR, context);
        }
        return "!" + text(((Test.Not) t).part(), PRIMARY);
    }

    private String joined(List<Test> parts, String operator, int level, int context) {
        String text = parts.stream().map(p -> text(p, level + 1)).collect(Collectors.joining(operator));
        return context > level ? "(" + text + ")" : text;
    }
}
