package dev.adjoint.prove;

import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.numbers.fraction.BigFraction;

/** Sums of powers (Faulhaber 1631): the polynomial {@code P_k} with {@code P_k(n) − P_k(n−1) = n^k} and P_k(−1) = 0. */
final class Faulhaber {
    private Faulhaber() {}

    /** {@code Σ_{lo ≤ y ≤ hi} Σ_k c_k·y^k = Σ_k c_k·(P_k(hi) − P_k(lo − 1))}; as it stands also for hi = lo − 1. */
    static Poly sum(List<Poly> coefficients, IntExpr lo, IntExpr hi) {
        Poly sum = Poly.ZERO;
        List<Poly> above = powers(coefficients.size(), Poly.of(hi));
        List<Poly> below = powers(coefficients.size(), Poly.of(lo.minus(1)));
        for (int k = 0; k < coefficients.size(); k++) {
            sum = sum.plus(coefficients.get(k).times(above.get(k).minus(below.get(k))));
        }
        return sum;
    }

    /** {@code P_0(n), P_1(n), …}, from {@code (n+1)^(k+1) = Σ_{j ≤ k} C(k+1, j)·P_j(n)}. */
    private static List<Poly> powers(int count, Poly n) {
        List<Poly> powers = new ArrayList<>();
        Poly next = n.plus(Poly.ONE);
        Poly raised = Poly.ONE;
        for (int k = 0; k < count; k++) {
            raised = raised.times(next);
            Poly rest = raised;
            long binomial = 1;
            for (int j = 0; j < k; j++) {
                rest = rest.minus(powers.get(j).times(BigFraction.of(binomial)));
                binomial = binomial * (k + 1 - j) / (j + 1);
            }
            powers.add(rest.times(BigFraction.of(1, k + 1)));
        }
        return powers;
    }
}
