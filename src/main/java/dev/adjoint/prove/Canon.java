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
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.apache.commons.numbers.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * Texts under which equal things are found again: what is summed over is numbered in order of appearance, the order of
 * factors and conditions is that of their texts. Two equal values may have different texts, never two different values
 * the same.
 */
final class Canon {
    private static final UnaryOperator<String> AS_IS = n -> n;
    private static final int MOST = 10_000;

    private final Set<String> sizes;
    private final Map<Constraint, String> blank = new HashMap<>();
    private final Map<Body, String> keys = new HashMap<>();

    /** A term without its coefficient. */
    private record Body(List<Factor> factors, List<Constraint> where, List<String> bound) {}

    Canon(Set<String> sizes) {
        this.sizes = sizes;
    }

    /** A value's text, and its free variables in the order in which the text numbers them. */
    record Key(String text, List<Term> sorted, List<String> parameters) {}

    /** The terms sorted, and what they depend on numbered {@code #0, #1, …}. */
    Key key(List<Term> value) {
        record Shaped(Term term, Term ordered, String shape) {}
        List<Shaped> shaped = new ArrayList<>();
        for (Term term : value) {
            Term ordered = ordered(term);
            shaped.add(new Shaped(term, ordered, text(ordered, blank(), true)));
        }
        shaped.sort(Comparator.comparing(Shaped::shape));
        Map<String, String> numbers = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        for (Shaped each : shaped) {
            Term ordered = each.ordered();
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
        List<Term> sorted = shaped.stream().map(Shaped::term).toList();
        return new Key(text.toString(), sorted, List.copyOf(numbers.keySet()));
    }

    /** The term that comes first whatever the coefficients are, so that a value and its multiples have the same. */
    Term first(List<Term> value) {
        if (value.size() == 1) {
            return value.get(0);
        }
        record Shaped(Term term, String shape) {}
        return value.stream()
                .map(t -> new Shaped(t, text(ordered(t), blank(), false)))
                .min(Comparator.comparing(Shaped::shape).thenComparing(s -> factorsKey(s.term())))
                .orElseThrow()
                .term();
    }

    /** The text of a term without its coefficient, in which only the bound variables are numbered. */
    String factorsKey(Term term) {
        if (keys.size() > MOST) {
            keys.clear();
        }
        return keys.computeIfAbsent(new Body(term.factors(), term.where(), term.bound()), b -> key(term));
    }

    private String key(Term term) {
        Term ordered = ordered(term);
        Map<String, String> inner = new HashMap<>();
        return text(
                ordered,
                name -> ordered.bound().contains(name) ? inner.computeIfAbsent(name, n -> "%" + inner.size()) : name,
                false);
    }

    /** The bound variables of a term in the order in which {@link #factorsKey} numbers them. */
    List<String> boundInOrder(Term term) {
        if (term.bound().size() < 2) {
            return term.bound();
        }
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

    /** A condition's text without names, or with them, found again where it is without. */
    private String condition(Constraint c, UnaryOperator<String> names) {
        return names == AS_IS ? text(c, names) : blank.computeIfAbsent(c, x -> text(x, names));
    }

    private UnaryOperator<String> blank() {
        return name -> sizes.contains(name) ? name : "_";
    }

    /** Factors and conditions in the order of their texts without names. */
    private Term ordered(Term term) {
        List<Factor> factors = sorted(
                term.factors(),
                Comparator.comparingInt((Factor f) -> f.family().id()).thenComparing(Factor::power),
                Canon::text);
        List<Constraint> where = sorted(term.where(), (c, d) -> 0, this::condition);
        return new Term(term.coefficient(), factors, where, term.bound());
    }

    /** Sorted first as said, then by their texts. */
    private <T> List<T> sorted(List<T> parts, Comparator<T> first, BiFunction<T, UnaryOperator<String>, String> text) {
        if (parts.size() < 2) {
            return parts;
        }
        List<Keyed<T>> keyed = new ArrayList<>(parts.size());
        parts.forEach(p -> keyed.add(new Keyed<>(p, text)));
        keyed.sort(Comparator.comparing((Keyed<T> k) -> k.part, first)
                .thenComparing(k -> k.blank(blank()))
                .thenComparing(Keyed::plain));
        List<T> sorted = new ArrayList<>(parts.size());
        keyed.forEach(k -> sorted.add(k.part));
        return sorted;
    }

    /** A part of a term and its texts, each made when it is first asked for. */
    private static final class Keyed<T> {
        private final T part;
        private final BiFunction<T, UnaryOperator<String>, String> text;
        private @Nullable String blank;
        private @Nullable String plain;

        Keyed(T part, BiFunction<T, UnaryOperator<String>, String> text) {
            this.part = part;
            this.text = text;
        }

        String blank(UnaryOperator<String> names) {
            if (blank == null) {
                blank = text.apply(part, names);
            }
            return blank;
        }

        String plain() {
            if (plain == null) {
                plain = text.apply(part, AS_IS);
            }
            return plain;
        }
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
        return text(String.valueOf(f.family().id()), f.index(), names) + '^' + f.power();
    }

    private static String text(Constraint c, UnaryOperator<String> names) {
        return text(c.expr(), names) + (c.equality() ? "=0" : ">=0");
    }

    static String text(IntExpr e) {
        return text(e, AS_IS);
    }

    private static String text(IntExpr e, UnaryOperator<String> names) {
        List<String> terms = new ArrayList<>(e.terms().size());
        for (Map.Entry<Monomial, Long> term : e.terms().entrySet()) {
            terms.add(text(term.getValue().toString(), term.getKey(), names));
        }
        return joined(terms);
    }

    private static String text(Poly p, UnaryOperator<String> names) {
        List<String> terms = new ArrayList<>(p.terms().size());
        for (Map.Entry<Monomial, BigFraction> term : p.terms().entrySet()) {
            terms.add(text(term.getValue().toString(), term.getKey(), names));
        }
        return joined(terms);
    }

    private static String joined(List<String> terms) {
        if (terms.size() == 1) {
            return terms.get(0);
        }
        java.util.Collections.sort(terms);
        return terms.toString();
    }

    private static String text(String coefficient, Monomial m, UnaryOperator<String> names) {
        List<String> atoms = new ArrayList<>(m.factors().size());
        for (Atom factor : m.factors()) {
            atoms.add(text(factor, names));
        }
        java.util.Collections.sort(atoms);
        StringBuilder text = new StringBuilder(coefficient);
        for (String atom : atoms) {
            text.append('*').append(atom);
        }
        return text.toString();
    }

    private static String text(Atom atom, UnaryOperator<String> names) {
        if (atom instanceof Atom.Var v) {
            return names.apply(v.name());
        }
        if (atom instanceof Atom.FloorDiv q) {
            return text("%div", List.of(q.num(), q.den()), names);
        }
        if (atom instanceof Atom.Mod r) {
            return text("%mod", List.of(r.num(), r.den()), names);
        }
        if (atom instanceof Atom.Abs a) {
            return text("%abs", List.of(a.arg()), names);
        }
        if (atom instanceof Atom.Extremum x) {
            return text(x.max() ? "%max" : "%min", List.of(x.left(), x.right()), names);
        }
        if (atom instanceof Position.Entry entry) {
            return text(entry.tensor(), entry.index(), names);
        }
        if (atom instanceof Winner w) {
            return text("%winner" + w.family().id(), w.index(), names);
        }
        throw new IllegalStateException("no text of the integer " + atom);
    }

    private static String text(String name, List<IntExpr> parts, UnaryOperator<String> names) {
        StringBuilder text = new StringBuilder(name).append('[');
        for (IntExpr part : parts) {
            text.append(text(part, names)).append(',');
        }
        return text.append(']').toString();
    }
}
