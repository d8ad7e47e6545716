package dev.adjoint.prove;

import dev.adjoint.derive.Derivation;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Layer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Proves that two sides of a claim are equal, for all sizes under the layer's assumptions. */
final class Prover {
    private final Meaning meaning;
    private final long budget;

    Prover(Layer layer, Derivation derivation, long budget) {
        this.meaning = new Meaning(layer, derivation);
        this.budget = budget;
    }

    /** What came of an attempt. */
    record Attempt(boolean proved, String reason, long spent) {}

    /** First with intermediates as they are, then with their equations put in. */
    Attempt prove(Claim claim) {
        Attempt named = attempt(claim, false);
        return named.proved() || meaning.layer().equations().isEmpty() ? named : attempt(claim, true);
    }

    private Attempt attempt(Claim claim, boolean writtenOut) {
        Budget work = new Budget(budget);
        try {
            Layer layer = meaning.layer();
            Domain domain = layer.sizeDomain();
            for (Range range : claim.indices()) {
                domain = domain.and(range);
            }
            Calculus calculus = calculus(writtenOut, work);
            Definedness definedness = new Definedness(calculus);
            assumeLayer(calculus, definedness);
            Set<String> same = new HashSet<>(sizes());
            claim.indices().forEach(r -> same.add(r.name()));
            List<Term> left = calculus.value(meaning.derived(claim.left(), claim.indices()), domain);
            definedness.assume(calculus.obligations(), same);
            List<Term> right = calculus.value(meaning.derived(claim.right(), claim.indices()), domain);
            List<Definedness.Obligation> obligations = calculus.obligations();
            calculus.assume(definedness);
            List<Term> difference = calculus.algebra.minus(left, right);
            if (!calculus.isZero(difference, domain)) {
                return new Attempt(false, "the difference is not shown to be zero: " + difference, work.spent());
            }
            Optional<Definedness.Obligation> unmet = definedness.unmet(obligations);
            return new Attempt(
                    unmet.isEmpty(),
                    unmet.map(o -> "the claim may be undefined: " + o.need() + " " + o.value() + " in " + o.scope()).orElse(""),
                    work.spent());
        } catch (Undecided | Budget.Exhausted | ArithmeticException cannot) {
            return new Attempt(false, String.valueOf(cannot.getMessage()), work.spent());
        }
    }

    /** The layer itself is defined, at every entry of everything that it computes. */
    private void assumeLayer(Calculus calculus, Definedness definedness) {
        for (Equation equation : meaning.layer().equations()) {
            Domain domain = meaning.layer().sizeDomain();
            for (Range range : equation.indices()) {
                domain = domain.and(range);
            }
            calculus.value(equation.rhs(), domain);
            definedness.assume(calculus.obligations(), sizes());
        }
    }

    private Set<String> sizes() {
        Set<String> sizes = new HashSet<>();
        meaning.layer().sizes().forEach(s -> sizes.add(s.name()));
        return sizes;
    }

    private Calculus calculus(boolean writtenOut, Budget work) {
        Layer layer = meaning.layer();
        Normal.Tensors tensors = new Normal.Tensors() {
            @Override
            public List<IntExpr> shape(Ref ref) {
                return meaning.shape(ref);
            }

            @Override
            public Optional<Expr> definition(Ref ref, List<IntExpr> index) {
                return writtenOut ? meaning.definition(ref, index) : Optional.empty();
            }
        };
        return new Calculus(
                sizes(), layer.sizeDomain(), tensors, name -> layer.tensor(name).flatMap(t -> t.limit()), work);
    }
}
