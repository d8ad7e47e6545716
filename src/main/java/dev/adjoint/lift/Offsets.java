package dev.adjoint.lift;

import dev.adjoint.index.Atom;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Monomial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A flat offset taken apart into the indices of its axes: {@code ((d*C + c)*K + m)*L + n} over the extents
 * {@code D, C, K, L} is {@code d, c, m, n}. Whatever the way in which the digits are found, they are shown to be right:
 * their Horner form is the offset, and each lies inside its axis.
 */
final class Offsets {
    private Offsets() {}

    /** The digits; empty if they are not found or not shown to lie inside their axes. */
    static Optional<List<IntExpr>> digits(IntExpr offset, List<IntExpr> extents, Domain domain) {
        for (boolean carry : new boolean[] {false, true}) {
            List<IntExpr> digits = split(offset, extents, carry);
            boolean inside = horner(digits, extents).equals(offset);
            for (int k = 0; k < digits.size() && inside; k++) {
                inside = domain.impliesLe(IntExpr.ZERO, digits.get(k))
                        && domain.implies(Constraint.lt(digits.get(k), extents.get(k)));
            }
            if (inside) {
                return Optional.of(digits);
            }
        }
        return Optional.empty();
    }

    /** {@code ((i_1 n_2 + i_2) n_3 + i_3) …}. */
    static IntExpr horner(List<IntExpr> index, List<IntExpr> extents) {
        IntExpr offset = IntExpr.ZERO;
        for (int k = 0; k < index.size(); k++) {
            offset = offset.times(extents.get(k)).plus(index.get(k));
        }
        return offset;
    }

    /** The digits by division, {@code (offset div stride) mod extent}, right for any offset inside the array. */
    static List<IntExpr> quotients(IntExpr offset, List<IntExpr> extents, Domain domain) {
        List<IntExpr> digits = new ArrayList<>();
        for (int k = 0; k < extents.size(); k++) {
            IntExpr stride = IntExpr.ONE;
            for (IntExpr extent : extents.subList(k + 1, extents.size())) {
                stride = stride.times(extent);
            }
            IntExpr quotient = offset.floorDiv(stride);
            digits.add(domain.simplify(k == 0 ? quotient : quotient.mod(extents.get(k))));
        }
        return digits;
    }

    /** @param carry whether integers are divided too: 30 of a stride 28 is 1 and 2 */
    private static List<IntExpr> split(IntExpr offset, List<IntExpr> extents, boolean carry) {
        List<IntExpr> digits = new ArrayList<>();
        IntExpr rest = offset;
        for (int k = 0; k < extents.size(); k++) {
            IntExpr stride = IntExpr.ONE;
            for (IntExpr extent : extents.subList(k + 1, extents.size())) {
                stride = stride.times(extent);
            }
            IntExpr digit = k == extents.size() - 1 ? rest : quotient(rest, stride, carry);
            digits.add(digit);
            rest = rest.minus(digit.times(stride));
        }
        return digits;
    }

    /** The quotient of polynomials, by the leading term of the divisor. */
    private static IntExpr quotient(IntExpr e, IntExpr divisor, boolean carry) {
        if (divisor.isConstant()) {
            return constantQuotient(e, divisor.constant(), carry);
        }
        Map.Entry<Monomial, Long> lead = divisor.terms().entrySet().stream()
                .max(Comparator.comparing((Map.Entry<Monomial, Long> t) ->
                                t.getKey().factors().size())
                        .thenComparing(t -> t.getKey().toString(), Comparator.reverseOrder()))
                .orElseThrow();
        IntExpr quotient = IntExpr.ZERO;
        IntExpr rest = e;
        for (int steps = 0; steps < 64; steps++) {
            Optional<IntExpr> part = rest.terms().entrySet().stream()
                    .map(t -> over(t, lead))
                    .flatMap(Optional::stream)
                    .findFirst();
            if (part.isEmpty()) {
                return quotient;
            }
            quotient = quotient.plus(part.get());
            rest = rest.minus(part.get().times(divisor));
        }
        return quotient;
    }

    private static Optional<IntExpr> over(Map.Entry<Monomial, Long> term, Map.Entry<Monomial, Long> lead) {
        List<Atom> factors = new ArrayList<>(term.getKey().factors());
        for (Atom factor : lead.getKey().factors()) {
            if (!factors.remove(factor)) {
                return Optional.empty();
            }
        }
        return term.getValue() % lead.getValue() != 0
                ? Optional.empty()
                : Optional.of(IntExpr.of(new Monomial(factors), term.getValue() / lead.getValue()));
    }

    private static IntExpr constantQuotient(IntExpr e, long divisor, boolean carry) {
        if (divisor == 0) {
            return IntExpr.ZERO;
        }
        IntExpr quotient = IntExpr.ZERO;
        for (Map.Entry<Monomial, Long> term : e.terms().entrySet()) {
            long c = term.getValue();
            boolean number = term.getKey().factors().isEmpty();
            if (number ? carry : c % divisor == 0) {
                quotient = quotient.plus(IntExpr.of(term.getKey(), Math.floorDiv(c, divisor)));
            }
        }
        return quotient;
    }
}
