package dev.adjoint.check;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Gradient;
import dev.adjoint.diagnostic.Place;
import dev.adjoint.emit.SourceFile;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Size;
import dev.adjoint.lang.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A layer, its derivation and its class, written by hand and known to be right: {@code x[i] = sum[m](w[m] * o[i+m])}.
 * It lets the checks be tested without the rooms before them.
 */
final class Handmade {
    static final Place PLACE = Place.at("handmade.layer", 1, 1);
    private static final IntExpr N = IntExpr.var("N");
    private static final IntExpr K = IntExpr.var("K");
    private static final IntExpr M = N.minus(K).plus(1);

    private Handmade() {}

    static Layer layer() {
        Tensor o = tensor("o", Tensor.Role.INPUT, N);
        Tensor w = tensor("w", Tensor.Role.PARAM, K);
        Tensor x = tensor("x", Tensor.Role.OUTPUT, M);
        IntExpr i = IntExpr.var("i");
        IntExpr m = IntExpr.var("m");
        Expr rhs = Exprs.sum(List.of(Range.below("m", K)), Exprs.mul(read("w", m), read("o", i.plus(m))));
        return new Layer(
                "acme",
                "Slide",
                "",
                List.of(new Size("N", OptionalLong.empty(), PLACE), new Size("K", OptionalLong.empty(), PLACE)),
                List.of(o, w, x),
                List.of(),
                List.of(new Equation(x, List.of(Range.below("i", M)), rhs, PLACE)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                PLACE);
    }

    /** {@code grad w[m] = sum[i](delta[i] * o[i+m])}, {@code grad o[p] = sum[lo <= m < hi](delta[p-m] * w[m])}. */
    static Derivation derivation() {
        Layer layer = layer();
        IntExpr i = IntExpr.var("i");
        IntExpr m = IntExpr.var("m");
        IntExpr p = IntExpr.var("p");
        List<Range> positions = List.of(Range.below("i", M));
        Expr rhs = layer.equations().get(0).rhs();
        Expr ofW = Exprs.sum(positions, Exprs.mul(delta(i), read("o", i.plus(m))));
        Range clamped = new Range("m", IntExpr.ZERO.max(p.minus(M).plus(1)), K.min(p.plus(1)));
        Expr ofO = Exprs.sum(List.of(clamped), Exprs.mul(delta(p.minus(m)), read("w", m)));
        Expr padded = Exprs.sum(
                List.of(Range.below("m", K)),
                Exprs.mul(new Expr.Read(Ref.delta("x", true), List.of(p.minus(m)), Expr.Num.ZERO), read("w", m)));
        Tensor w = layer.tensor("w").orElseThrow();
        Tensor o = layer.tensor("o").orElseThrow();
        Range freeM = Range.below("m", K);
        Range freeP = Range.below("p", N);
        Expr rhsW = dev.adjoint.expr.Substitution.of(rhs, Map.of());
        return new Derivation(
                layer,
                List.of(
                        gradient(o, freeP, chain(positions, rhs, "o", p), ofO, padded),
                        gradient(w, freeM, chain(positions, rhsW, "w", m), ofW, ofW)));
    }

    private static Expr chain(List<Range> positions, Expr rhs, String tensor, IntExpr at) {
        return Exprs.sum(
                positions, Exprs.mul(delta(IntExpr.var("i")), new Expr.Deriv(rhs, Ref.value(tensor), List.of(at))));
    }

    private static Gradient gradient(Tensor of, Range free, Expr raw, Expr formula, Expr padded) {
        return new Gradient(of, List.of(free), raw, List.of(), List.of(), formula, padded, List.of());
    }

    private static Tensor tensor(String name, Tensor.Role role, IntExpr extent) {
        return new Tensor(name, role, List.of(extent), Optional.empty(), PLACE);
    }

    private static Expr read(String tensor, IntExpr index) {
        return Exprs.read(Ref.value(tensor), List.of(index));
    }

    private static Expr delta(IntExpr index) {
        return Exprs.read(Ref.delta("x", true), List.of(index));
    }

    static Generate generate(Generate.Options.Type type) {
        return new Generate(
                "Slide",
                "acme",
                layer(),
                "Slide",
                Map.of(),
                new Generate.Options(
                        type, Generate.Options.Target.PORTABLE, Generate.Options.Unroll.AUTO, true, false, false),
                PLACE);
    }

    /** The class, with one text in it replaced by another. */
    static Subject subject(Generate.Options.Type type, String text, String replacement) {
        String inFloat = SOURCE.replace(text, replacement);
        if (!text.isEmpty() && inFloat.equals(SOURCE)) {
            throw new IllegalArgumentException("there is no " + text);
        }
        List<SourceFile> twin = List.of(new SourceFile("acme/Slide.java", inFloat.replace("float", "double")));
        List<SourceFile> sources =
                type == Generate.Options.Type.DOUBLE ? twin : List.of(new SourceFile("acme/Slide.java", inFloat));
        return new Subject(generate(type), derivation(), sources, twin);
    }

    static Subject subject() {
        return subject(Generate.Options.Type.FLOAT, "", "");
    }

    /** The same class by another name, in double. */
    static Subject named(String name) {
        String text = SOURCE.replace("float", "double").replace("Slide", name);
        List<SourceFile> source = List.of(new SourceFile("acme/" + name + ".java", text));
        Generate like = generate(Generate.Options.Type.DOUBLE);
        Generate generate =
                new Generate(name, "acme", like.layer(), like.origin(), like.bound(), like.options(), like.place());
        return new Subject(generate, derivation(), source, source);
    }

    static final String SOURCE = """
            package acme;

            public final class Slide {
                private final int N;
                private final int K;
                private final int M;
                private int calls;

                public Slide(int N, int K) {
                    if (N < 1 || K < 1 || N - K + 1 < 1) {
                        throw new IllegalArgumentException("N=" + N + ", K=" + K);
                    }
                    this.N = N;
                    this.K = K;
                    this.M = N - K + 1;
                }

                public int lengthO() {
                    return N;
                }

                public int lengthW() {
                    return K;
                }

                public int lengthX() {
                    return M;
                }

                public void forward(float[] o, float[] w, float[] x) {
                    check(o.length, N);
                    check(w.length, K);
                    check(x.length, M);
                    apart(x, o, w);
                    for (int i = 0; i < M; i++) {
                        float sum = 0;
                        for (int m = 0; m < K; m++) {
                            sum += w[m] * o[i + m];
                        }
                        x[i] = sum;
                    }
                }

                public void backward(float[] delta, float[] o, float[] w, float[] gradO, float[] gradW) {
                    apart(gradO, delta, o, w, gradW);
                    apart(gradW, delta, o, w);
                    gradO(delta, o, w, gradO);
                    gradW(delta, o, w, gradW);
                }

                public void gradO(float[] delta, float[] o, float[] w, float[] gradO) {
                    check(delta.length, M);
                    check(o.length, N);
                    check(w.length, K);
                    check(gradO.length, N);
                    apart(gradO, delta, o, w);
                    for (int p = 0; p < N; p++) {
                        float sum = 0;
                        int hi = Math.min(K, p + 1);
                        for (int m = Math.max(0, p - M + 1); m < hi; m++) {
                            sum += delta[p - m] * w[m];
                        }
                        gradO[p] = sum;
                    }
                }

                public void gradW(float[] delta, float[] o, float[] w, float[] gradW) {
                    check(delta.length, M);
                    check(o.length, N);
                    check(w.length, K);
                    check(gradW.length, K);
                    apart(gradW, delta, o, w);
                    calls++;
                    for (int m = 0; m < K; m++) {
                        float sum = 0;
                        for (int i = 0; i < M; i++) {
                            sum += delta[i] * o[i + m];
                        }
                        gradW[m] = sum;
                    }
                }

                private static void apart(float[] result, float[]... others) {
                    for (float[] other : others) {
                        if (result == other) {
                            throw new IllegalArgumentException("a result shares an array");
                        }
                    }
                }

                private static void check(int found, int expected) {
                    if (found != expected) {
                        throw new IllegalArgumentException("length " + found + " instead of " + expected);
                    }
                }
            }
            """;
}
