package dev.adjoint.prove;

import dev.adjoint.expr.Expr;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All that one proof works with: the values of expressions, and the question whether a value is zero. */
final class Calculus {
    final Algebra algebra;
    final Families families;
    final Budget budget;
    final DataFacts facts;
    final Fresh fresh = new Fresh();
    final Selectors selectors;
    final Separation separation;
    private final List<Definedness.Obligation> obligations = new ArrayList<>();
    private final Normal normal;
    private final Assumed assumptions;
    private @Nullable Definedness assumed;
    private final ZeroTest zero;

    /**
     * @param sizes the names that are the same at every point
     * @param known what holds of them
     * @param limits of an integer tensor the bound that its entries stay below
     * @param holding what identities give
     */
    Calculus(
            Set<String> sizes,
            Domain known,
            Normal.Tensors tensors,
            Function<String, Optional<IntExpr>> limits,
            Budget budget,
            Identity.Holding holding) {
        this.budget = budget;
        Canon canon = new Canon(sizes);
        families = new Families(sizes, canon, fresh, this::areEqual);
        Products products = new Products(families, canon, budget, known, v -> selector(v, known), holding);
        algebra = new Algebra(canon, fresh, budget, products);
        facts = new DataFacts(limits);
        Contents contents = new Contents(algebra, canon, known);
        Cases cases = new Cases(algebra);
        selectors = new Selectors(algebra, families, contents, cases, known, holding);
        Functions functions = new Functions(algebra, families, contents, selectors, cases, holding);
        assumptions = new Assumed(algebra, fresh, budget);
        normal = new Normal(tensors, algebra, families, functions, selectors, fresh, obligations::add, assumptions);
        separation = new Separation(algebra, families, functions, products, facts, budget);
        zero = new ZeroTest(
                algebra,
                families,
                selectors,
                cases,
                separation,
                new Extraction(facts, fresh, budget),
                this::withoutZeros,
                facts,
                fresh,
                budget);
    }

    /** From here on, reckons with what is assumed of the data. */
    void assume(List<ValueLaw> laws, Domain known) {
        laws.forEach(law -> assumptions.add(law, known, normal));
        obligations();
    }

    List<Term> value(Expr e, Domain scope) {
        return normal.value(e, scope);
    }

    /** What the expressions valued since the last call ask of their parts to be defined. */
    List<Definedness.Obligation> obligations() {
        List<Definedness.Obligation> sofar = List.copyOf(obligations);
        obligations.clear();
        return sofar;
    }

    /** True only if it is shown that the value is zero at every point of the domain. */
    boolean isZero(List<Term> value, Domain domain) {
        return zero.isZero(value, domain);
    }

    /** From here on, takes for granted what the definedness of the layer and the derived side says. */
    void assume(Definedness definedness) {
        assumed = definedness;
    }

    private List<Term> withoutZeros(List<Term> value, Domain domain) {
        return assumed == null ? value : assumed.withoutZeros(value, domain);
    }

    private List<Term> selector(List<Term> v, Domain scope) {
        return selectors.zero(v, scope);
    }

    private boolean areEqual(List<Term> left, List<Term> right, Domain scope) {
        return zero.isZero(algebra.minus(left, right), scope);
    }
}
