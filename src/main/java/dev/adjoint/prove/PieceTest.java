package dev.adjoint.prove;

import dev.adjoint.index.Atom;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Monomial;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Whether a sum of polynomials, each on a part of space, is zero at every integer point of a domain. Space is cut along
 * the conditions until each part lies wholly within or without every piece; there the polynomials must cancel, once the
 * equalities that hold there are put in. No canonical form of the parts is needed.
 */
final class PieceTest {
    private final DataFacts facts;
    private final Budget budget;

    PieceTest(DataFacts facts, Budget budget) {
        this.facts = facts;
        this.budget = budget;
    }

    /** True only if it is shown; false says only "not shown". */
    boolean isZero(List<Piece> pieces, Domain domain) {
        List<Constraint> all = new ArrayList<>();
        pieces.forEach(p -> all.addAll(p.where()));
        return cut(pieces, facts.about(domain, all));
    }

    /**
     * Cuts along one condition after another. Whether a part holds any point is asked only where it matters: where
     * polynomials do not cancel, and before a part in which several pieces are left is cut further.
     */
    private boolean cut(List<Piece> pieces, Domain domain) {
        budget.spend(1 + pieces.stream().mapToInt(Piece::size).sum() / 8);
        List<Piece> merged = merged(pieces);
        if (merged.isEmpty()) {
            return true;
        }
        Constraint cut = mostFrequent(merged);
        if (cut == null) {
            return cancels(merged, domain) || domain.isEmpty();
        }
        for (Constraint side : sides(cut)) {
            List<Piece> left = merged(given(merged, cut, side));
            if (left.isEmpty()) {
                continue;
            }
            Domain part = facts.and(domain, List.of(side));
            budget.spend(1);
            boolean apart = !side.equals(cut) && left.size() > 1 && part.isEmpty();
            if (!apart && !cut(left, part)) {
                return false;
            }
        }
        return true;
    }

    /** The pieces on one side of a cut, with what an equality gives put in. */
    private static List<Piece> given(List<Piece> pieces, Constraint cut, Constraint side) {
        Optional<Replacement> by = side.equality() ? Replacement.of(side) : Optional.empty();
        List<Piece> here = new ArrayList<>();
        for (Piece piece : pieces) {
            if (!side.equals(cut) && piece.where().contains(cut)) {
                continue;
            }
            List<Constraint> where = new ArrayList<>(piece.where());
            where.remove(side);
            if (by.isEmpty()) {
                here.add(new Piece(piece.coefficient(), where));
                continue;
            }
            List<Constraint> replaced =
                    Algebra.normal(where.stream().map(by.get()::in).toList());
            if (replaced != null) {
                here.add(new Piece(by.get().in(piece.coefficient()), replaced));
            }
        }
        return here;
    }

    /** The pieces on one part are one; those that vanish are gone. */
    private static List<Piece> merged(List<Piece> pieces) {
        Map<Set<Constraint>, Piece> byPart = new LinkedHashMap<>();
        for (Piece piece : pieces) {
            byPart.merge(
                    new HashSet<>(piece.where()),
                    piece,
                    (a, b) -> new Piece(a.coefficient().plus(b.coefficient()), a.where()));
        }
        return byPart.values().stream().filter(p -> !p.coefficient().isZero()).toList();
    }

    private static @org.jspecify.annotations.Nullable Constraint mostFrequent(List<Piece> pieces) {
        Map<Constraint, Integer> counts = new LinkedHashMap<>();
        pieces.forEach(p -> p.where().forEach(c -> counts.merge(c, c.equality() ? 3 : 2, Integer::sum)));
        Constraint best = null;
        int most = 0;
        for (Map.Entry<Constraint, Integer> entry : counts.entrySet()) {
            if (entry.getValue() > most) {
                best = entry.getKey();
                most = entry.getValue();
            }
        }
        return best;
    }

    static List<Constraint> sides(Constraint c) {
        IntExpr e = c.expr();
        Constraint below = new Constraint(e.negate().minus(1), false);
        return c.equality() ? List.of(c, new Constraint(e.minus(1), false), below) : List.of(c, below);
    }

    private boolean cancels(List<Piece> pieces, Domain domain) {
        Ratio sum = Ratio.ZERO;
        for (Piece piece : pieces) {
            sum = sum.plus(piece.coefficient());
        }
        return reduced(sum.numerator(), domain).isZero();
    }

    /** With {@code n mod d = n − d·(n div d)}, and the equalities that hold in the domain, put in. */
    private static Poly reduced(Poly start, Domain domain) {
        Poly p = withoutMod(start);
        List<Constraint> constraints = new ArrayList<>(domain.constraints());
        for (int k = 0; k < constraints.size(); k++) {
            Constraint c = constraints.get(k);
            Constraint opposite = new Constraint(c.expr().negate(), false);
            if (p.isZero() || !c.equality() && !constraints.contains(opposite)) {
                continue;
            }
            for (Map.Entry<Monomial, Long> term : c.expr().terms().entrySet()) {
                List<Atom> factors = term.getKey().factors();
                if (factors.size() != 1 || Math.abs(term.getValue()) != 1 || !(factors.get(0) instanceof Atom.Var v)) {
                    continue;
                }
                OptionalLong a = c.expr().coefficient(v.name());
                if (a.isPresent()) {
                    IntExpr value = c.expr()
                            .minus(IntExpr.of(term.getKey(), term.getValue()))
                            .times(-a.getAsLong());
                    Map<String, IntExpr> by = Map.of(v.name(), value);
                    p = withoutMod(p.substitute(by));
                    constraints.replaceAll(other -> other.substitute(by));
                    break;
                }
            }
        }
        return p;
    }

    private static Poly withoutMod(Poly p) {
        Poly sum = Poly.ZERO;
        boolean changed = false;
        for (var term : p.terms().entrySet()) {
            IntExpr product = IntExpr.of(term.getKey(), 1);
            IntExpr replaced = product.mapAtoms(a -> a instanceof Atom.Mod m
                    ? m.num().minus(m.den().times(IntExpr.of(new Atom.FloorDiv(m.num(), m.den()))))
                    : IntExpr.of(a));
            changed |= replaced != product;
            sum = sum.plus(Poly.of(replaced).times(term.getValue()));
        }
        return changed ? sum : p;
    }
}
