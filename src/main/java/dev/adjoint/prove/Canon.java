package dev.adjoint.prove;

import dev.adjoint.expr.Position;
import dev.adjoint.index.Atom;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Monomial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Texts under which equal things are found again: what is summed over is numbered in order of appearance, the order of
 * factors and conditions is that of their texts. Two equal values may have different texts, never two different values
 * the same.
 */
final class Canon {
    private static final UnaryOperator<String> AS_IS = n -> n;

    private final Set<String> sizes;

    Canon(Set<String> sizes) {
        this.sizes = sizes;
    }

    /** A value's text, and its free variables in the order in which the text numbers them. */
    record Key(String text, List<Term> sorted, List<String> parameters) {}

    /** The terms sorted, and what they depend on numbered {@code #0, #1, …}. */
    Key key(List<Term> value) {
        List<Term> sorted = new ArrayList<>(value);
        Map<Term, String> shapes = new HashMap<>();
        value.forEach(t -> shapes.put(t, text(ordered(t), blank(), true)));
        sorted.sort(Comparator.comparing(shapes::get));
        Map<String, String> numbers = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        for (Term term : sorted) {
            Term ordered = ordered(term);
            Map<String, String> inner = new HashMap<>();
            UnaryOperator<String> names = name -> {
                if (sizes.contains(name)) {
                    return name;
                }
                if (ordered.bound().contains(name)) {
                    return inner.computeIfAbsent(name, n -> "%" + inner.size());
                }
                return numbers.computeIfAbsent(name, n -> Family.parameter(numbers.size()));
            };
            text.append(text(ordered, names, true)).append(" + ");
        }
        return new Key(text.toString(), sorted, List.copyOf(numbers.keySet()));
    }

    /** The term that comes first whatever the coefficients are, so that a value and its multiples have the same. */
    Term first(List<Term> value) {
        return value.stream()
                .min(Comparator.comparing((Term t) -> text(ordered(t), blank(), false))
                        .thenComparing(this::factorsKey))
                .orElseThrow();
    }

    /** The text of a term without its coefficient, in which only the bound variables are numbered. */
    String factorsKey(Term term) {
        Term ordered = ordered(term);
        Map<String, String> inner = new HashMap<>();
        return text(
                ordered,
                name -> ordered.bound().contains(name) ? inner.computeIfAbsent(name, n -> "%" + inner.size()) : name,
                false);
    }

    /** The bound variables of a term in the order in which {@link #factorsKey} numbers them. */
    List<String> boundInOrder(Term term) {
        Term ordered = ordered(term);
        Set<String> seen = new java.util.LinkedHashSet<>();
        text(
                ordered,
                name -> {
                    if (ordered.bound().contains(name)) {
                        seen.add(name);
                    }
                    return name;
                },
                false);
        seen.addAll(ordered.bound());
        return List.copyOf(seen);
    }

    private UnaryOperator<String> blank() {
        return name -> sizes.contains(name) ? name : "_";
    }

    /** Factors and conditions in the order of their texts without names. */
    private Term ordered(Term term) {
        List<Factor> factors = new ArrayList<>(term.factors());
        if (factors.size() > 1) {
            factors.sort(Comparator.comparingInt((Factor f) -> f.family().id())
                    .thenComparing(Factor::power)
                    .thenComparing(f -> text(f, blank()))
                    .thenComparing(f -> text(f, AS_IS)));
        }
        List<Constraint> where = new ArrayList<>(term.where());
        if (where.size() > 1) {
            where.sort(Comparator.comparing((Constraint c) -> text(c, blank())).thenComparing(c -> text(c, AS_IS)));
        }
        return new Term(term.coefficient(), factors, where, term.bound());
    }

    private static String text(Term term, UnaryOperator<String> names, boolean coefficient) {
        StringBuilder text = new StringBuilder();
        term.factors().forEach(f -> text.append(text(f, names)).append('*'));
        List<String> where = new ArrayList<>();
        term.where().forEach(c -> where.add(text(c, names)));
        java.util.Collections.sort(where);
        text.append(where).append(term.bound().size());
        if (coefficient) {
            text.append(text(term.coefficient().numerator(), names));
            term.coefficient().denominators().forEach(d -> text.append('/').append(text(d, names)));
        }
        return text.toString();
    }

    private static String text(Factor f, UnaryOperator<String> names) {
        StringBuilder text = new StringBuilder().append(f.family().id()).append('[');
        f.index().forEach(i -> text.append(text(i, names)).append(','));
        return text.append("]^").append(f.power()).toString();
    }

    private static String text(Constraint c, UnaryOperator<String> names) {
        return text(c.expr(), names) + (c.equality() ? "=0" : ">=0");
    }

    static String text(IntExpr e) {
        return text(e, AS_IS);
    }

    private static String text(IntExpr e, UnaryOperator<String> names) {
        List<String> terms = new ArrayList<>();
        e.terms().forEach((m, c) -> terms.add(c + text(m, names)));
        return joined(terms);
    }

    private static String text(Poly p, UnaryOperator<String> names) {
        List<String> terms = new ArrayList<>();
        p.terms().forEach((m, c) -> terms.add(c + text(m, names)));
        return joined(terms);
    }

    private static String joined(List<String> terms) {
        java.util.Collections.sort(terms);
        return terms.size() == 1 ? terms.get(0) : terms.toString();
    }

    private static String text(Monomial m, UnaryOperator<String> names) {
        List<String> atoms = new ArrayList<>();
        m.factors().forEach(a -> atoms.add("*" + text(a, names)));
        java.util.Collections.sort(atoms);
        return String.join("", atoms);
    }

    private static String text(Atom atom, UnaryOperator<String> names) {
        if (atom instanceof Atom.Var v) {
            return names.apply(v.name());
        }
        if (atom instanceof Atom.FloorDiv q) {
            return "div(" + text(q.num(), names) + ";" + text(q.den(), names) + ")";
        }
        if (atom instanceof Atom.Mod r) {
            return "mod(" + text(r.num(), names) + ";" + text(r.den(), names) + ")";
        }
        if (atom instanceof Atom.Abs a) {
            return "abs(" + text(a.arg(), names) + ")";
        }
        if (atom instanceof Atom.Extremum x) {
            return (x.max() ? "max(" : "min(") + text(x.left(), names) + ";" + text(x.right(), names) + ")";
        }
        if (atom instanceof Position.Entry entry) {
            StringBuilder text = new StringBuilder(entry.tensor()).append('[');
            entry.index().forEach(i -> text.append(text(i, names)).append(','));
            return text.append(']').toString();
        }
        if (atom instanceof Winner w) {
            StringBuilder text =
                    new StringBuilder("%winner").append(w.family().id()).append('[');
            w.index().forEach(i -> text.append(text(i, names)).append(','));
            return text.append(']').toString();
        }
        throw new IllegalStateException("no text of the integer " + atom);
    }
}
