package dev.adjoint.bilinear;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Printer;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Products of constant matrices with vectors, written out in index notation, a case for each row. */
final class LinearForms {
    private LinearForms() {}

    /**
     * {@code index == 0 ? M_00·x_0 + M_01·x_1 + … : index == 1 ? … : …}.
     *
     * @param index which row is meant, of those that the matrix has
     * @param x the entries of the vector
     */
    static String cases(RationalMatrix matrix, IntExpr index, IntFunction<Expr> x) {
        int last = matrix.rows() - 1;
        Expr cases = row(matrix, last, x);
        for (int i = last - 1; i >= 0; i--) {
            cases = Exprs.select(Cond.eq(index, IntExpr.of(i)), row(matrix, i, x), cases);
        }
        return Printer.print(cases);
    }

    /** {@code M_i0·x[0] + M_i1·x[1] + …}. */
    static String row(RationalMatrix matrix, int i, String x) {
        return Printer.print(row(matrix, i, j -> entry(x, j)));
    }

    /** {@code M_i0·u[0]·v[0] + M_i1·u[1]·v[1] + …}. */
    static String products(RationalMatrix matrix, int i) {
        return Printer.print(row(matrix, i, LinearForms::product));
    }

    /** {@code u[t]·v[t]}. */
    static Expr product(int t) {
        return Exprs.mul(entry("u", t), entry("v", t));
    }

    /** {@code x[j]}. */
    static Expr entry(String x, int j) {
        return Exprs.read(Ref.value(x), List.of(IntExpr.of(j)));
    }

    private static Expr row(RationalMatrix matrix, int i, IntFunction<Expr> x) {
        List<Expr> terms = new ArrayList<>();
        for (int j = 0; j < matrix.columns(); j++) {
            terms.add(Exprs.mul(new Expr.Num(matrix.get(i, j), null), x.apply(j)));
        }
        return Exprs.add(terms);
    }
}
