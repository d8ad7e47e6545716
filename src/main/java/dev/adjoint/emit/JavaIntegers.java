package dev.adjoint.emit;

import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.plan.Cell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Integers of a plan as Java expressions; what shares a stride stands together, {@code 28 * (i + m) + j}. */
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

    /** A group of terms with a common factor: {@code factor * (±a ± b)}. */
    private record Group(String factor, List<String> terms, List<Boolean> negative) {}

    String text(IntExpr e) {
        if (e.isConstant()) {
            return Long.toString(e.constant());
        }
        Map<String, Group> groups = new LinkedHashMap<>();
        for (Map.Entry<IntExpr.Monomial, Long> term : e.terms().entrySet()) {
            List<String> common = new ArrayList<>();
            List<String> own = new ArrayList<>();
            long c = term.getValue();
            if (Math.abs(c) != 1 || term.getKey().factors().isEmpty()) {
                common.add(Long.toString(Math.abs(c)));
            }
            for (Atom factor : term.getKey().factors()) {
                boolean size = factor instanceof Atom.Var v && sizes.contains(v.name());
                (size ? common : own).add(text(factor));
            }
            if (own.isEmpty()) {
                own.add(String.join(" * ", common));
                common.clear();
            }
            String factor = String.join(" * ", common);
            Group group = groups.computeIfAbsent(factor, f -> new Group(f, new ArrayList<>(), new ArrayList<>()));
            group.terms().add(String.join(" * ", own));
            group.negative().add(c < 0);
        }
        List<String> positive = new ArrayList<>();
        List<String> negative = new ArrayList<>();
        for (Group group : groups.values()) {
            boolean minus = !group.negative().contains(false);
            if (group.factor().isEmpty()) {
                for (int k = 0; k < group.terms().size(); k++) {
                    (group.negative().get(k) ? negative : positive)
                            .add(group.terms().get(k));
                }
            } else {
                (minus ? negative : positive).add(product(group, minus));
            }
        }
        StringBuilder text = new StringBuilder(String.join(" + ", positive));
        for (String term : negative) {
            text.append(text.length() == 0 ? "-" : " - ").append(term);
        }
        return text.toString();
    }

    private static String product(Group group, boolean minus) {
        if (group.terms().size() == 1) {
            return group.factor() + " * " + group.terms().get(0);
        }
        StringBuilder inside = new StringBuilder();
        List<Integer> order = new ArrayList<>();
        for (boolean sign : new boolean[] {minus, !minus}) {
            for (int k = 0; k < group.terms().size(); k++) {
                if (group.negative().get(k) == sign) {
                    order.add(k);
                }
            }
        }
        for (int k : order) {
            boolean negative = group.negative().get(k) != minus;
            inside.append(inside.length() == 0 ? "" : negative ? " - " : " + ");
            inside.append(group.terms().get(k));
        }
        return group.factor() + " * (" + inside + ")";
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
