package dev.adjoint.build;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Gradient;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Printer;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Substitution;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Equation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the tool itself has for the left side of a claim, with the claim's own names of the indices. */
final class Derived {
    private Derived() {}

    /**
     * {@code grad w[m] = …} as derived, or the layer's equation of a let or output; zero-padded if the claim pads too.
     * Empty if the left side is no entry of one of these.
     */
    static Optional<String> of(Derivation derivation, Claim claim) {
        if (!(claim.left() instanceof Expr.Read read) || read.pad() != null) {
            return Optional.empty();
        }
        return formula(derivation, claim, read)
                .map(formula -> Printer.print(claim.left()) + " = " + Printer.print(formula));
    }

    private static Optional<Expr> formula(Derivation derivation, Claim claim, Expr.Read left) {
        if (left.ref().kind() == Ref.Kind.GRAD) {
            Optional<Gradient> gradient = derivation.of(left.ref().name());
            return gradient.map(g -> at(pads(claim.right()) ? g.padded() : g.formula(), g.indices(), left.index()));
        }
        return derivation.layer().equations().stream()
                .filter(e -> Ref.value(e.target().name()).equals(left.ref()))
                .findFirst()
                .map((Equation e) -> at(e.rhs(), e.indices(), left.index()));
    }

    private static Expr at(Expr formula, List<Range> indices, List<IntExpr> index) {
        Map<String, IntExpr> values = new HashMap<>();
        for (int k = 0; k < index.size(); k++) {
            values.put(indices.get(k).name(), index.get(k));
        }
        return Substitution.of(formula, values);
    }

    private static boolean pads(Expr e) {
        boolean[] found = {false};
        new Rewriter() {
            @Override
            public Expr expr(Expr node) {
                found[0] |= node instanceof Expr.Read r && r.pad() != null;
                return super.expr(node);
            }
        }.expr(e);
        return found[0];
    }
}
