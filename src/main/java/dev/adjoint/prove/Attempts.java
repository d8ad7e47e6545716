package dev.adjoint.prove;

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
final class Attempts {
    private final Meaning meaning;
    private final long budget;
    private final Identity.Holding holding;

    Attempts(Meaning meaning, long budget) {
        this(meaning, budget, (identity, value) -> value);
    }

    /** @param holding what identities give */
    Attempts(Meaning meaning, long budget, Identity.Holding holding) {
        this.holding = holding;
        this.meaning = meaning;
        this.budget = budget;
    }

    /**
     * What came of an attempt.
     *
     * @param equal whether the two sides were shown to be equal where both have a value
     * @param defined whether the claim was shown to have a value wherever the layer and the derived side do
     */
    record Attempt(boolean equal, boolean defined, String reason, long spent) {
        boolean proved() {
            return equal && defined;
        }
    }

    /** First with intermediates as they are, then with their equations put in. */
    Attempt prove(Claim claim) {
        Attempt named = attempt(claim, false);
        if (named.proved()) {
            return named;
        }
        Attempt written = attempt(claim, true);
        boolean equal = named.equal() || written.equal();
        boolean defined = named.defined() || written.defined();
        String reason = equal && defined ? reason(true, Optional.empty(), !named.equal()) : written.reason();
        return new Attempt(equal, defined, reason, named.spent() + written.spent());
    }

    private Attempt attempt(Claim claim, boolean writtenOut) {
        Budget work = new Budget(budget);
        try {
            Layer layer = meaning.layer();
            Domain domain = meaning.sizes();
            for (Range range : claim.indices()) {
                domain = domain.and(range);
            }
            Calculus calculus = calculus(writtenOut, work);
            calculus.assume(ValueLaw.of(layer), meaning.sizes());
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
            boolean equal = calculus.isZero(difference, domain);
            Optional<Definedness.Obligation> unmet = definedness.unmet(obligations);
            return new Attempt(equal, unmet.isEmpty(), reason(equal, unmet, writtenOut), work.spent());
        } catch (Undecided | Budget.Exhausted | ArithmeticException cannot) {
            return new Attempt(false, false, String.valueOf(cannot.getMessage()), work.spent());
        } catch (RuntimeException | StackOverflowError bug) {
            return new Attempt(false, false, failure(bug), work.spent());
        }
    }

    /** A verdict on the other claims is worth more than a crash; the tests look for these words. */
    static String failure(Throwable bug) {
        return "the prover failed, please report it: " + bug;
    }

    private static String reason(boolean equal, Optional<Definedness.Obligation> unmet, boolean writtenOut) {
        if (!equal) {
            return "the difference of the two sides is not shown to vanish";
        }
        if (unmet.isPresent()) {
            String what = switch (unmet.get().need()) {
                case NOT_ZERO -> "a divisor in it is not shown to be other than 0";
                case NOT_NEGATIVE -> "the argument of a root or logarithm in it is not shown not to be negative";
                case REAL -> "a power or the extremum of a window in it is not shown to be a real number";
            };
            return "the claim is equal where it has a value, but " + what + " wherever the derived side has a value";
        }
        return "equal in normal form, "
                + (writtenOut ? "with the equations of intermediates put in" : "intermediates kept");
    }

    /** The layer itself is defined, at every entry of everything that it computes. */
    private void assumeLayer(Calculus calculus, Definedness definedness) {
        for (Equation equation : meaning.layer().equations()) {
            Domain domain = meaning.sizes();
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
                sizes(), meaning.sizes(), tensors, name -> layer.tensor(name).flatMap(t -> t.limit()), work, holding);
    }
}
