package dev.adjoint.prove;

import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * The cases of a value by the signs of what it compares with zero: each of {@code u₁, u₂, …} is negative, zero or
 * positive. A case that no real numbers meet, all different products taken for independent, is left out; where one of
 * them is zero, that is put into the value.
 */
final class SignCases {
    /** Of more comparisons than these the cases are not listed. */
    private static final int MOST = 4;

    private final Algebra algebra;
    private final Families families;
    private final Selectors selectors;
    private final Cases cases;
    private final Budget budget;

    SignCases(Algebra algebra, Families families, Selectors selectors, Cases cases, Budget budget) {
        this.algebra = algebra;
        this.families = families;
        this.selectors = selectors;
        this.cases = cases;
        this.budget = budget;
    }

    /** The value in one case; it compares nothing any more. */
    record Case(List<Term> value) {}

    /** What is compared, and which selectors speak of it. */
    private record Compared(List<Term> value, Factor selector) {}

    /** Empty if the value compares nothing, or what it compares depends on an index that is summed over. */
    Optional<List<Case>> of(List<Term> value, Domain domain) {
        Map<String, Compared> compared = new LinkedHashMap<>();
        for (Term term : value) {
            for (Factor f : term.factors()) {
                if (!f.family().isSelector()) {
                    continue;
                }
                for (IntExpr i : f.index()) {
                    if (i.variables().stream()
                            .anyMatch(
                                    n -> value.stream().anyMatch(t -> t.bound().contains(n)))) {
                        return Optional.empty();
                    }
                }
                List<Term> argument = families.argument(f);
                if (!argument.stream()
                        .allMatch(t -> t.isPlain() && !t.coefficient().isZero())) {
                    return Optional.empty();
                }
                compared.putIfAbsent(name(argument), new Compared(argument, f));
            }
        }
        if (compared.isEmpty() || compared.size() > MOST) {
            return Optional.empty();
        }
        List<Case> cases = new ArrayList<>();
        list(value, new ArrayList<>(compared.values()), 0, new ArrayList<>(), new ArrayList<>(), cases, domain);
        return Optional.of(cases);
    }

    private static String name(List<Term> argument) {
        return argument.stream().map(SignCases::product).sorted().toList().toString();
    }

    private static String product(Term term) {
        return term.coefficient() + "*"
                + term.factors().stream().map(Factor::toString).sorted().toList();
    }

    private void list(
            List<Term> value,
            List<Compared> compared,
            int at,
            List<List<Term>> zeros,
            List<List<Term>> positives,
            List<Case> into,
            Domain domain) {
        budget.spend(1 + value.size());
        if (LinearSigns.areImpossible(zeros, positives)) {
            return;
        }
        if (at == compared.size()) {
            List<Term> left = value;
            for (List<Term> zero : zeros) {
                left = algebra.times(left, selectors.zero(zero, domain));
            }
            into.add(new Case(left));
            return;
        }
        List<Term> u = compared.get(at).value();
        for (int sign = -1; sign <= 1; sign++) {
            List<Term> here = with(value, u, sign);
            if (sign == 0) {
                zeros.add(u);
            } else {
                positives.add(sign > 0 ? u : algebra.scaled(u, BigFraction.of(-1)));
            }
            list(here, compared, at + 1, zeros, positives, into, domain);
            if (sign == 0) {
                zeros.remove(zeros.size() - 1);
            } else {
                positives.remove(positives.size() - 1);
            }
        }
    }

    /** The selectors of one comparison put in. */
    private List<Term> with(List<Term> value, List<Term> u, int sign) {
        String wanted = name(u);
        Set<Factor> found = new LinkedHashSet<>();
        for (Term term : value) {
            for (Factor f : term.factors()) {
                if (f.family().isSelector() && name(families.argument(f)).equals(wanted)) {
                    found.add(f);
                }
            }
        }
        List<Term> here = value;
        for (Factor f : found) {
            boolean one = f.family().kind() == Family.Kind.ZERO ? sign == 0 : sign > 0;
            here = cases.given(here, f, one ? 1 : 0);
        }
        return here;
    }
}
