package dev.adjoint.prove;

import dev.adjoint.expr.Position;
import dev.adjoint.index.Atom;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Monomial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One atom of integers replaced wherever it stands, inside other atoms too. */
record Replacement(Atom atom, IntExpr value) {
    /** What an equality gives: a variable, the latest made first, or else a quotient, a remainder, an entry. */
    static Optional<Replacement> of(Constraint equality) {
        List<Map.Entry<Monomial, Long>> terms =
                new ArrayList<>(equality.expr().terms().entrySet());
        terms.sort(Comparator.comparing(t -> rank(t.getKey().factors())));
        for (Map.Entry<Monomial, Long> term : terms) {
            List<Atom> factors = term.getKey().factors();
            if (factors.size() != 1 || Math.abs(term.getValue()) != 1) {
                continue;
            }
            IntExpr rest = equality.expr().minus(IntExpr.of(term.getKey(), term.getValue()));
            Replacement replacement = new Replacement(factors.get(0), rest.times(-term.getValue()));
            boolean apart = factors.get(0) instanceof Atom.Var v
                    ? !rest.variables().contains(v.name())
                    : replacement.in(rest).equals(rest);
            if (apart) {
                return Optional.of(replacement);
            }
        }
        return Optional.empty();
    }

    private static String rank(List<Atom> factors) {
        String name = factors.isEmpty() ? "~" : factors.get(0).toString();
        if (factors.size() != 1 || !(factors.get(0) instanceof Atom.Var)) {
            return "3" + name;
        }
        char first = name.charAt(0);
        return (first == '@' || first == '$' ? "0" : Character.isUpperCase(first) ? "2" : "1") + name;
    }

    /** The integers that an atom is made of. */
    static List<IntExpr> parts(Atom atom) {
        if (atom instanceof Winner w) {
            return w.index();
        }
        return atom instanceof Position.Entry entry ? entry.index() : atom.parts();
    }

    /** The term with the atom replaced throughout. */
    Term in(Term term) {
        return new Term(
                in(term.coefficient()),
                term.factors().stream()
                        .map(f -> new Factor(
                                f.family(), f.index().stream().map(this::in).toList(), f.power()))
                        .toList(),
                term.where().stream().map(this::in).toList(),
                term.bound());
    }

    Constraint in(Constraint c) {
        return new Constraint(in(c.expr()), c.equality());
    }

    IntExpr in(IntExpr e) {
        return e.mapAtoms(this::in);
    }

    private IntExpr in(Atom a) {
        if (a.equals(atom)) {
            return value;
        }
        return ofParts(a, this::in);
    }

    /** The same kind of integer, made of other parts. */
    static IntExpr ofParts(Atom a, UnaryOperator<IntExpr> part) {
        if (a instanceof Atom.FloorDiv q) {
            return part.apply(q.num()).floorDiv(part.apply(q.den()));
        }
        if (a instanceof Atom.Mod m) {
            return part.apply(m.num()).mod(part.apply(m.den()));
        }
        if (a instanceof Atom.Abs b) {
            return part.apply(b.arg()).abs();
        }
        if (a instanceof Atom.Extremum x) {
            IntExpr left = part.apply(x.left());
            IntExpr right = part.apply(x.right());
            return x.max() ? left.max(right) : left.min(right);
        }
        if (a instanceof Winner w) {
            List<IntExpr> index = w.index().stream().map(part).toList();
            return IntExpr.of(new Winner(w.family(), index, part.apply(w.below())));
        }
        if (a instanceof Position.Entry entry) {
            return IntExpr.of(new Position.Entry(
                    entry.tensor(), entry.index().stream().map(part).toList()));
        }
        return IntExpr.of(a);
    }

    Poly in(Poly p) {
        return p.map(monomial -> in(IntExpr.of(monomial, 1)));
    }

    Ratio in(Ratio ratio) {
        Ratio result = Ratio.of(in(ratio.numerator()));
        for (Poly d : ratio.denominators()) {
            result = result.times(Ratio.of(in(d)).inverse());
        }
        return result;
    }
}
