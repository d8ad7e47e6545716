package dev.adjoint.prove;

import dev.adjoint.derive.Gradient;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Printer;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Substitution;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Size;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Looks for the edit, or the two, that make a refuted claim true. Each candidate is evaluated at a few points and given
 * up at the first difference; what is left is proved, the most usual mistake first, and only then said.
 *
 * <p>Of two mistakes, the first is sought among the edits that make the claim true at more points than it is: where sizes
 * are 1 or data 0, the second one does not show.
 */
final class Diagnoser {
    /** Nodes of a claim in which a mistake is sought. */
    private static final int LARGEST = 250;
    /** Candidates that stand at all points and are tried to be proved. */
    private static final int PROOFS = 6;
    /** First edits that are followed by all others. */
    private static final int FIRST = 30;
    /** Candidates that are evaluated as second edits. */
    private static final int SECOND = 150_000;
    /** First edits whose second one is read off a point. */
    private static final int FIRST_COMPLETED = 10_000;
    /** Points that say how far a first edit mends a claim. */
    private static final int COUNTED = 24;

    private final Meaning meaning;
    private final Claim claim;
    private final Predicate<Claim> proves;
    private final Screen screen;
    private final Mends mends;

    /** @param proves whether a claim is proved */
    Diagnoser(Meaning meaning, Samples samples, Claim claim, Refuter.Sides sides, Predicate<Claim> proves) {
        this.meaning = meaning;
        this.claim = claim;
        this.proves = proves;
        this.screen = new Screen(meaning, samples, sides, claim.right());
        this.mends = new Mends(meaning, forms(sides), claim);
    }

    Optional<Diagnosis> diagnosis() {
        if (Parts.nodes(claim.right()) > LARGEST) {
            return Optional.empty();
        }
        List<Mend<?>> single = mends.of(claim.right());
        Optional<Diagnosis> one = single(single);
        return one.isPresent() ? one : pair(single);
    }

    private Optional<Diagnosis> single(List<Mend<?>> single) {
        int tried = 0;
        for (Mend<?> mend : single) {
            if (screen.isExhausted()) {
                break;
            }
            if (screen.stands(mend)) {
                Expr right = mend.right();
                if (isProved(right)) {
                    return Optional.of(new Diagnosis(List.of(mend.mistake().get()), Printer.print(right)));
                }
                if (++tried == PROOFS) {
                    break;
                }
            }
        }
        return Optional.empty();
    }

    private record First(Mend<?> mend, int agreeing) {}

    private Optional<Diagnosis> pair(List<Mend<?>> single) {
        double[] targets = screen.targets(COUNTED);
        List<First> firsts = new ArrayList<>();
        for (Mend<?> mend : single) {
            if (screen.isExhausted()) {
                return Optional.empty();
            }
            double[] values = screen.values(mend, COUNTED);
            int agreeing = 0;
            for (int k = 0; k < values.length; k++) {
                agreeing += Screen.agrees(targets[k], values[k]) ? 1 : 0;
            }
            if (agreeing > 0) {
                firsts.add(new First(mend, agreeing));
            }
        }
        firsts.sort(Comparator.comparingInt((First f) -> -f.agreeing())
                .thenComparingInt(f -> f.mend().rank()));
        Optional<Diagnosis> completed = completed(single);
        if (completed.isPresent()) {
            return completed;
        }
        int left = SECOND;
        int tried = 0;
        Set<Expr> seen = new LinkedHashSet<>();
        for (First first : firsts) {
            Expr right = first.mend().right();
            if (!seen.add(right)) {
                continue;
            }
            if (seen.size() > FIRST) {
                break;
            }
            for (Mend<?> second : mends.of(right)) {
                if (--left < 0 || screen.isExhausted()) {
                    return Optional.empty();
                }
                if (screen.stands(second)) {
                    Expr both = second.right();
                    if (isProved(both)) {
                        return Optional.of(new Diagnosis(
                                List.of(
                                        first.mend().mistake().get(),
                                        second.mistake().get()),
                                Printer.print(both)));
                    }
                    if (++tried == PROOFS) {
                        return Optional.empty();
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Any first edit, and a second one that is seen from what is still wanted at a point. */
    private Optional<Diagnosis> completed(List<Mend<?>> single) {
        List<Screen.Place> places = screen.smallest(1);
        if (places.isEmpty()) {
            return Optional.empty();
        }
        List<String> sizes = meaning.layer().sizes().stream().map(Size::name).toList();
        Completion completion = new Completion(screen, places.get(0), mends.parts, claim.indices(), sizes);
        int tried = 0;
        int left = FIRST_COMPLETED;
        for (Mend<?> first : single) {
            Expr right = first.right();
            if (--left < 0 || screen.isExhausted() || Meaning.holdsDerivative(right, by -> true)) {
                break;
            }
            for (Completion.Edit second : completion.of(right)) {
                Expr both = second.in(right);
                if (screen.stands(both)) {
                    if (isProved(both)) {
                        return Optional.of(new Diagnosis(
                                List.of(first.mistake().get(), second.mistake().get()), Printer.print(both)));
                    }
                    if (++tried == PROOFS) {
                        return Optional.empty();
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a mended claim is proved; one that sums over nothing at all has lost a part, which names no mistake. */
    private boolean isProved(Expr right) {
        return !sumsOverNothing(right)
                && proves.test(
                        new Claim(claim.left(), right, claim.indices(), claim.doc(), claim.text(), claim.place()));
    }

    /** Whether a sum in the formula is over an empty range for all sizes. */
    private boolean sumsOverNothing(Expr formula) {
        Domain sizes = meaning.sizes();
        boolean[] found = {false};
        new Rewriter() {
            @Override
            public Expr expr(Expr e) {
                found[0] |= e instanceof Expr.Reduce r
                        && r.ranges().stream().anyMatch(range -> sizes.impliesLe(range.hi(), range.lo()));
                return super.expr(e);
            }
        }.expr(formula);
        return found[0];
    }

    /** True formulas for what is claimed, in the claim's indices. */
    private List<Expr> forms(Refuter.Sides sides) {
        Set<Expr> forms = new LinkedHashSet<>(List.of(sides.left()));
        if (claim.left() instanceof Expr.Read r) {
            meaning.definition(r.ref(), r.index()).ifPresent(forms::add);
            Optional<Gradient> gradient = r.ref().kind() == Ref.Kind.GRAD
                    ? meaning.derivation().of(r.ref().name())
                    : Optional.empty();
            if (gradient.isPresent()) {
                Map<String, IntExpr> values = new HashMap<>();
                for (int k = 0; k < r.index().size(); k++) {
                    values.put(gradient.get().indices().get(k).name(), r.index().get(k));
                }
                forms.add(Substitution.of(gradient.get().padded(), values));
            }
        }
        return List.copyOf(forms);
    }

    /** What can be mended in one formula, the most usual first. */
    private static final class Mends {
        private final Parts parts;
        private final IndexMends indices;
        private final ValueMends values;
        private final MissingMends missing;
        private final SumMends sums;
        private final List<Range> free;

        Mends(Meaning meaning, List<Expr> forms, Claim claim) {
            Layer layer = meaning.layer();
            List<String> sizes = layer.sizes().stream().map(Size::name).toList();
            Map<Ref, List<IntExpr>> tensors = new LinkedHashMap<>();
            for (Tensor tensor : layer.tensors()) {
                if (!tensor.isInteger()) {
                    tensors.put(Ref.value(tensor.name()), tensor.shape());
                }
                if (tensor.role() == Tensor.Role.OUTPUT) {
                    tensors.put(Ref.delta(tensor.name(), layer.outputs().size() == 1), tensor.shape());
                }
            }
            for (Gradient gradient : meaning.derivation().gradients()) {
                tensors.put(gradient.ref(), gradient.of().shape());
            }
            // What is claimed would explain itself.
            if (claim.left() instanceof Expr.Read r) {
                tensors.remove(r.ref());
            }
            Set<Expr> terms = new LinkedHashSet<>();
            for (Expr form : forms) {
                if (form instanceof Expr.Add sum) {
                    terms.addAll(sum.terms());
                }
            }
            Set<Parts.Form> all = new LinkedHashSet<>();
            Set<Ref> refs = new LinkedHashSet<>();
            for (Expr form : forms) {
                all.add(new Parts.Form(form, claim.indices()));
                refs.addAll(Variables.refs(form));
            }
            all.add(new Parts.Form(claim.right(), claim.indices()));
            // What the formulas' intermediates are, may have been put in.
            for (Gradient gradient : meaning.derivation().gradients()) {
                if (refs.contains(gradient.ref())) {
                    all.add(new Parts.Form(gradient.formula(), gradient.indices()));
                }
            }
            for (Equation equation : layer.equations()) {
                if (refs.contains(Ref.value(equation.target().name()))) {
                    all.add(new Parts.Form(equation.rhs(), equation.indices()));
                }
            }
            this.parts = new Parts(all, tensors);
            List<String> opens = List.copyOf(layer.functions());
            this.free = claim.indices();
            this.indices = new IndexMends(sizes, parts);
            this.values = new ValueMends(opens, tensors, parts);
            this.missing = new MissingMends(sizes, opens, parts, terms);
            this.sums = new SumMends(parts);
        }

        List<Mend<?>> of(Expr right) {
            Site.All sites = Site.of(right, free);
            List<Mend<?>> mends = new ArrayList<>();
            for (Site<Expr> site : sites.values()) {
                if (site.part() instanceof Expr.Read r) {
                    indices.read(site, r, mends::add);
                }
                if (site.part() instanceof Expr.Reduce r) {
                    sums.reduce(site, r, mends::add);
                }
                values.value(site, mends::add);
                missing.value(site, mends::add);
            }
            sites.integers().forEach(site -> indices.integer(site, mends::add));
            sites.conds().forEach(site -> values.cond(site, mends::add));
            mends.sort(Comparator.comparingInt(Mend::rank));
            return mends;
        }
    }
}
