package dev.adjoint.emit;

import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Monomial;
import dev.adjoint.loop.Cell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Integers of a plan as Java expressions; by Horner's rule, {@code W * (H * c + i + m) + j}. */
final class JavaIntegers {
    private final UnaryOperator<String> names;
    private final Set<String> sizes;

    JavaIntegers(UnaryOperator<String> names, Set<String> sizes) {
        this.names = names;
        this.sizes = sizes;
    }

    /** As an operand of anything. */
    String primary(IntExpr e) {
        String text = text(e);
        return text.matches("[\\p{L}0-9_]+|Math\\.[a-zA-Z]+\\([^()]*\\)") ? text : "(" + text + ")";
    }

    String text(IntExpr e) {
        if (e.isConstant()) {
            return Long.toString(e.constant());
        }
        List<String> positive = new ArrayList<>();
        List<String> negative = new ArrayList<>();
        terms(e, positive, negative);
        StringBuilder text = new StringBuilder(String.join(" + ", positive));
        for (String term : negative) {
            text.append(text.length() == 0 ? "-" : " - ").append(term);
        }
        return text.toString();
    }

    private void terms(IntExpr e, List<String> positive, List<String> negative) {
        Optional<IntExpr> factor = commonest(e);
        if (factor.isEmpty()) {
            e.terms().forEach((monomial, c) -> term(monomial, c, positive, negative));
            return;
        }
        IntExpr[] split = split(e, factor.get());
        boolean minus = split[0].terms().values().stream().allMatch(c -> c < 0);
        String quotient = primary(minus ? split[0].negate() : split[0]);
        (minus ? negative : positive).add(text(factor.get()) + " * " + quotient);
        terms(split[1], positive, negative);
    }

    private void term(Monomial monomial, long c, List<String> positive, List<String> negative) {
        List<String> factors = new ArrayList<>();
        if (Math.abs(c) != 1 || monomial.factors().isEmpty()) {
            factors.add(Long.toString(Math.abs(c)));
        }
        monomial.factors().forEach(f -> factors.add(text(f)));
        (c < 0 ? negative : positive).add(String.join(" * ", factors));
    }

    /** The size, or the number, that most terms hold as a factor: at least two, and more than it is worth to spell out. */
    private Optional<IntExpr> commonest(IntExpr e) {
        Map<IntExpr, Integer> candidates = new LinkedHashMap<>();
        e.terms().forEach((monomial, c) -> {
            monomial.factors().stream().distinct().forEach(f -> {
                if (f instanceof Atom.Var v && sizes.contains(v.name())) {
                    candidates.put(IntExpr.of(f), 0);
                }
            });
            if (Math.abs(c) > 1 && !monomial.factors().isEmpty()) {
                candidates.put(IntExpr.of(Math.abs(c)), 0);
            }
        });
        IntExpr best = null;
        int most = 1;
        for (IntExpr candidate : candidates.keySet()) {
            int held = split(e, candidate)[0].terms().size();
            if (held > most) {
                best = candidate;
                most = held;
            }
        }
        return Optional.ofNullable(best);
    }

    /** {@code e = factor·quotient + rest}, term by term; a number that stands alone belongs to the rest. */
    private static IntExpr[] split(IntExpr e, IntExpr factor) {
        IntExpr quotient = IntExpr.ZERO;
        IntExpr rest = IntExpr.ZERO;
        for (Map.Entry<Monomial, Long> term : e.terms().entrySet()) {
            List<Atom> left = new ArrayList<>(term.getKey().factors());
            long c = term.getValue();
            boolean holds = factor.isConstant()
                    ? !left.isEmpty() && c % factor.constant() == 0
                    : left.remove(factor.atoms().iterator().next());
            if (holds) {
                long over = factor.isConstant() ? c / factor.constant() : c;
                quotient = quotient.plus(IntExpr.of(new Monomial(left), over));
            } else {
                rest = rest.plus(IntExpr.of(term.getKey(), c));
            }
        }
        return new IntExpr[] {quotient, rest};
    }

    private String text(Atom atom) {
        if (atom instanceof Atom.Var variable) {
            return names.apply(variable.name());
        }
        if (atom instanceof Atom.FloorDiv q) {
            return "Math.floorDiv(" + text(q.num()) + ", " + text(q.den()) + ")";
        }
        if (atom instanceof Atom.Mod r) {
            return "Math.floorMod(" + text(r.num()) + ", " + text(r.den()) + ")";
        }
        if (atom instanceof Atom.Abs a) {
            return "Math.abs(" + text(a.arg()) + ")";
        }
        if (atom instanceof Atom.Extremum x) {
            return (x.max() ? "Math.max(" : "Math.min(") + text(x.left()) + ", " + text(x.right()) + ")";
        }
        if (atom instanceof Cell cell) {
            return cell.buffer() + "[" + text(cell.at()) + "]";
        }
        throw new IllegalStateException("no Java for " + atom);
    }
}
