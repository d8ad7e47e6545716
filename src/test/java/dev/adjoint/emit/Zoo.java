package dev.adjoint.emit;

import static dev.adjoint.emit.LayerBuilder.below;
import static dev.adjoint.emit.LayerBuilder.i;
import static dev.adjoint.emit.LayerBuilder.pad;
import static dev.adjoint.emit.LayerBuilder.read;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Tensor.Role;
import java.util.List;
import java.util.Map;

/** The layers that the tests and benchmarks of emission are run on. */
public final class Zoo {
    private Zoo() {}

    /** {@code x[n,d,i,j] = Σ w[d,c,m,n]·pad(o[n,c,S·i+D·m−P,S·j+D·l−P]) + b[d]}. */
    public static LayerBuilder conv(String name, Map<String, Long> bound, int stride, int dilation, int pad) {
        LayerBuilder l = LayerBuilder.layer(name, bound, "N", "C", "H", "W", "D", "K");
        IntExpr span = l.size("K").minus(1).times(dilation);
        IntExpr oh = l.size("H")
                .plus(2L * pad)
                .minus(span)
                .minus(1)
                .floorDiv(IntExpr.of(stride))
                .plus(1);
        IntExpr ow = l.size("W")
                .plus(2L * pad)
                .minus(span)
                .minus(1)
                .floorDiv(IntExpr.of(stride))
                .plus(1);
        IntExpr row = i("i").times(stride).plus(i("m").times(dilation)).minus(pad);
        IntExpr column = i("j").times(stride).plus(i("l").times(dilation)).minus(pad);
        Expr o = pad == 0
                ? read("o", i("n"), i("c"), row, column)
                : pad(Expr.Num.ZERO, "o", i("n"), i("c"), row, column);
        Expr sum = Exprs.sum(
                List.of(below("c", l.size("C")), below("m", l.size("K")), below("l", l.size("K"))),
                Exprs.mul(read("w", i("d"), i("c"), i("m"), i("l")), o));
        return l.tensor(Role.INPUT, "o", l.size("N"), l.size("C"), l.size("H"), l.size("W"))
                .tensor(Role.PARAM, "w", l.size("D"), l.size("C"), l.size("K"), l.size("K"))
                .tensor(Role.PARAM, "b", l.size("D"))
                .tensor(Role.OUTPUT, "x", l.size("N"), l.size("D"), oh, ow)
                .equation("x", List.of("n", "d", "i", "j"), Exprs.add(sum, read("b", i("d"))));
    }

    /** A 1-D correlation, one channel to D. */
    public static LayerBuilder conv1(String name, Map<String, Long> bound) {
        LayerBuilder l = LayerBuilder.layer(name, bound, "C", "W", "D", "K");
        Expr sum = Exprs.sum(
                List.of(below("c", l.size("C")), below("m", l.size("K"))),
                Exprs.mul(read("o", i("c"), i("j").plus(i("m"))), read("w", i("d"), i("c"), i("m"))));
        return l.tensor(Role.INPUT, "o", l.size("C"), l.size("W"))
                .tensor(Role.PARAM, "w", l.size("D"), l.size("C"), l.size("K"))
                .tensor(
                        Role.OUTPUT,
                        "x",
                        l.size("D"),
                        l.size("W").minus(l.size("K")).plus(1))
                .equation("x", List.of("d", "j"), sum);
    }

    /** Depthwise: each channel has its own kernel. */
    public static LayerBuilder depthwise(String name, Map<String, Long> bound) {
        LayerBuilder l = LayerBuilder.layer(name, bound, "C", "H", "W", "K");
        Expr sum = Exprs.sum(
                List.of(below("m", l.size("K")), below("n", l.size("K"))),
                Exprs.mul(
                        read("o", i("c"), i("i").plus(i("m")), i("j").plus(i("n"))),
                        read("w", i("c"), i("m"), i("n"))));
        return l.tensor(Role.INPUT, "o", l.size("C"), l.size("H"), l.size("W"))
                .tensor(Role.PARAM, "w", l.size("C"), l.size("K"), l.size("K"))
                .tensor(
                        Role.OUTPUT,
                        "x",
                        l.size("C"),
                        l.size("H").minus(l.size("K")).plus(1),
                        l.size("W").minus(l.size("K")).plus(1))
                .equation("x", List.of("c", "i", "j"), sum);
    }

    /** Max pooling over K×K windows, padded with −∞. */
    public static LayerBuilder maxPool(String name, Map<String, Long> bound, int stride, int pad) {
        LayerBuilder l = LayerBuilder.layer(name, bound, "C", "H", "W", "K");
        IntExpr oh = l.size("H")
                .plus(2L * pad)
                .minus(l.size("K"))
                .floorDiv(IntExpr.of(stride))
                .plus(1);
        IntExpr ow = l.size("W")
                .plus(2L * pad)
                .minus(l.size("K"))
                .floorDiv(IntExpr.of(stride))
                .plus(1);
        IntExpr row = i("i").times(stride).plus(i("m")).minus(pad);
        IntExpr column = i("j").times(stride).plus(i("n")).minus(pad);
        Expr o = pad == 0 ? read("o", i("c"), row, column) : pad(Exprs.neg(new Expr.Inf()), "o", i("c"), row, column);
        return l.tensor(Role.INPUT, "o", l.size("C"), l.size("H"), l.size("W"))
                .tensor(Role.OUTPUT, "y", l.size("C"), oh, ow)
                .equation(
                        "y",
                        List.of("c", "i", "j"),
                        Exprs.reduce(
                                Expr.Reduce.Kind.MAX, List.of(below("m", l.size("K")), below("n", l.size("K"))), o));
    }

    /** Average pooling. */
    public static LayerBuilder meanPool(String name, Map<String, Long> bound, int stride) {
        LayerBuilder l = LayerBuilder.layer(name, bound, "C", "H", "W", "K");
        IntExpr oh = l.size("H").minus(l.size("K")).floorDiv(IntExpr.of(stride)).plus(1);
        IntExpr ow = l.size("W").minus(l.size("K")).floorDiv(IntExpr.of(stride)).plus(1);
        Expr o = read(
                "o",
                i("c"),
                i("i").times(stride).plus(i("m")),
                i("j").times(stride).plus(i("n")));
        Expr sum = Exprs.sum(List.of(below("m", l.size("K")), below("n", l.size("K"))), o);
        Expr count = Exprs.integer(l.size("K").times(l.size("K")));
        return l.tensor(Role.INPUT, "o", l.size("C"), l.size("H"), l.size("W"))
                .tensor(Role.OUTPUT, "y", l.size("C"), oh, ow)
                .equation("y", List.of("c", "i", "j"), Exprs.div(sum, count));
    }

    /** Pooling by the Euclidean norm. */
    public static LayerBuilder normPool(String name, Map<String, Long> bound) {
        LayerBuilder l = LayerBuilder.layer(name, bound, "C", "H", "K");
        IntExpr oh = l.size("H").minus(l.size("K")).floorDiv(IntExpr.of(2)).plus(1);
        Expr o = read("o", i("c"), i("i").times(2).plus(i("m")));
        Expr sum = Exprs.sum(List.of(below("m", l.size("K"))), Exprs.pow(o, Expr.Num.of(2)));
        return l.tensor(Role.INPUT, "o", l.size("C"), l.size("H"))
                .tensor(Role.OUTPUT, "y", l.size("C"), oh)
                .equation("y", List.of("c", "i"), Exprs.apply(Fun.Known.SQRT, sum));
    }

    /** Softmax with cross-entropy on integer targets, stable for large inputs. */
    public static LayerBuilder softmax(String name, Map<String, Long> bound) {
        LayerBuilder l = LayerBuilder.layer(name, bound, "N", "K");
        Expr largest = Exprs.reduce(Expr.Reduce.Kind.MAX, List.of(below("k", l.size("K"))), read("x", i("n"), i("k")));
        Expr shifted = Exprs.sub(read("x", i("n"), i("k")), new Expr.Stop(read("m", i("n"))));
        Expr norm = Exprs.sum(List.of(below("k", l.size("K"))), Exprs.apply(Fun.Known.EXP, shifted));
        IntExpr target = IntExpr.of(new dev.adjoint.expr.Position.Entry("t", List.of(i("n"))));
        Expr loss = Exprs.add(List.of(
                Exprs.apply(Fun.Known.LOG, read("s", i("n"))),
                new Expr.Stop(read("m", i("n"))),
                Exprs.neg(read("x", i("n"), target))));
        return l.tensor(Role.INPUT, "x", l.size("N"), l.size("K"))
                .integers("t", l.size("K"), l.size("N"))
                .tensor(Role.LET, "m", l.size("N"))
                .tensor(Role.LET, "s", l.size("N"))
                .tensor(Role.OUTPUT, "e")
                .equation("m", List.of("n"), largest)
                .equation("s", List.of("n"), norm)
                .equation(
                        "e",
                        List.of(),
                        Exprs.div(Exprs.sum(List.of(below("n", l.size("N"))), loss), Exprs.integer(l.size("N"))));
    }

    /** A softmax written in one equation. */
    public static LayerBuilder probabilities(String name, Map<String, Long> bound) {
        LayerBuilder l = LayerBuilder.layer(name, bound, "N", "K");
        Expr own = Exprs.apply(Fun.Known.EXP, read("x", i("n"), i("k")));
        Expr norm = Exprs.sum(List.of(below("l", l.size("K"))), Exprs.apply(Fun.Known.EXP, read("x", i("n"), i("l"))));
        return l.tensor(Role.INPUT, "x", l.size("N"), l.size("K"))
                .tensor(Role.OUTPUT, "y", l.size("N"), l.size("K"))
                .equation("y", List.of("n", "k"), Exprs.div(own, norm));
    }

    /** Fully connected. */
    public static LayerBuilder dense(String name, Map<String, Long> bound) {
        LayerBuilder l = LayerBuilder.layer(name, bound, "N", "I", "K");
        Expr sum = Exprs.sum(
                List.of(below("i", l.size("I"))), Exprs.mul(read("w", i("k"), i("i")), read("o", i("n"), i("i"))));
        return l.tensor(Role.INPUT, "o", l.size("N"), l.size("I"))
                .tensor(Role.PARAM, "w", l.size("K"), l.size("I"))
                .tensor(Role.PARAM, "b", l.size("K"))
                .tensor(Role.OUTPUT, "x", l.size("N"), l.size("K"))
                .equation("x", List.of("n", "k"), Exprs.add(sum, read("b", i("k"))));
    }

    /** Every function of the language, element by element. */
    public static LayerBuilder functions(String name, Map<String, Long> bound) {
        LayerBuilder l = LayerBuilder.layer(name, bound, "N", "F");
        Expr x = read("x", i("n"));
        Expr positive = Exprs.add(Exprs.pow(x, Expr.Num.of(2)), Expr.Num.of(3, 10));
        List<Expr> all = new java.util.ArrayList<>();
        for (Fun.Known fun : Fun.Known.values()) {
            boolean needs = fun == Fun.Known.LOG || fun == Fun.Known.SQRT || fun == Fun.Known.LOG1P;
            all.add(Exprs.apply(fun, needs ? positive : x));
        }
        all.add(Exprs.pow(positive, Expr.Num.of(-3, 2)));
        all.add(Exprs.pow(positive, Expr.Num.of(-2)));
        all.add(Exprs.mul(Expr.Num.of(1, 3), Exprs.pow(x, Expr.Num.of(3))));
        all.add(new Expr.Extremum(true, x, Expr.Num.of(1, 2)));
        all.add(new Expr.Extremum(false, x, read("a")));
        all.add(Exprs.select(Cond.values(Rel.GT, x, read("a")), Exprs.mul(x, x), Exprs.neg(x)));
        all.add(Exprs.mul(Exprs.iverson(Cond.ints(Rel.LT, i("n"), IntExpr.of(3))), x));
        all.add(new Expr.Pi());
        return l.tensor(Role.INPUT, "x", l.size("N"))
                .tensor(Role.PARAM, "a")
                .tensor(Role.OUTPUT, "y", l.size("N"))
                .equation("y", List.of("n"), Exprs.add(all));
    }

    /** Two outputs, a let between them, an index that is a Java word, integers by div and mod. */
    public static LayerBuilder odd(String name, Map<String, Long> bound) {
        LayerBuilder l = LayerBuilder.layer(name, bound, "A", "B");
        IntExpr a = l.size("A");
        IntExpr b = l.size("B");
        Expr flat = read("new", i("do").floorDiv(b), i("do").mod(b));
        return l.tensor(Role.INPUT, "new", a, b)
                .tensor(Role.LET, "z", a.times(b))
                .tensor(Role.OUTPUT, "u", a.times(b))
                .tensor(Role.OUTPUT, "v", b, a)
                .equation("z", List.of("do"), Exprs.mul(flat, flat))
                .equation("u", List.of("do"), Exprs.mul(read("z", i("do")), Exprs.integer(i("do").plus(1))))
                .equation(
                        "v",
                        List.of("p", "q"),
                        Exprs.add(
                                Exprs.mul(read("z", i("q").times(b).plus(i("p"))), read("new", i("q"), i("p"))),
                                Exprs.reduce(
                                        Expr.Reduce.Kind.PROD, List.of(below("p1", b)), read("new", i("q"), i("p1")))));
    }
}
