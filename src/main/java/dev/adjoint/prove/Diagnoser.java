package dev.adjoint.prove;

import dev.adjoint.eval.Evaluator;
import dev.adjoint.eval.Interval;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Printer;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Size;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Looks for the edit that makes a refuted claim true. Each candidate is evaluated at a few points and given up at the
 * first difference; what is left is proved, the most usual mistake first, and only then said.
 */
final class Diagnoser {
    /** Nodes of a value that may stand for another one; larger ones would name no mistake. */
    private static final int LARGEST_PART = 4;
    /** Points at which a candidate is evaluated. */
    private static final int POINTS = 12;
    /** Candidates that stand at all points and are tried to be proved. */
    private static final int PROOFS = 6;
    /** Pairs of edits that are evaluated. */
    private static final int PAIRS = 8_000;

    private final Meaning meaning;
    private final Refuter refuter;
    private final Predicate<Claim> proves;

    /** @param proves whether a claim is proved */
    Diagnoser(Meaning meaning, Refuter refuter, Predicate<Claim> proves) {
        this.meaning = meaning;
        this.refuter = refuter;
        this.proves = proves;
    }

    /** A place where the left side's value is known. */
    private record Point(Map<String, Long> element, Interval left, Evaluator<Interval> evaluator) {}

    Optional<Diagnosis> of(Claim claim, Refuter.Sides sides, List<Sample> samples, Refuter.Failure failure) {
        List<Point> points = points(sides, samples, failure);
        Mends mends = new Mends(meaning.layer(), sides.left(), claim);
        List<Mend> single = mends.of(claim.right());
        Optional<Diagnosis> one = proved(claim, standing(single, points));
        if (one.isPresent()) {
            return one;
        }
        int[] left = {PAIRS};
        List<Mend> pairs = new ArrayList<>();
        for (Mend first : single) {
            if (left[0] <= 0 || pairs.size() >= PROOFS) {
                break;
            }
            for (Mend second : mends.of(first.right())) {
                if (left[0]-- > 0 && stands(second.right(), points)) {
                    List<String> both = new ArrayList<>(first.mistakes());
                    both.addAll(second.mistakes());
                    pairs.add(new Mend(both, second.right(), first.rank() + second.rank()));
                    if (pairs.size() >= PROOFS) {
                        break;
                    }
                }
            }
        }
        pairs.sort(Comparator.comparingInt(Mend::rank));
        return proved(claim, pairs);
    }

    /** What can be mended in one formula. */
    private static final class Mends {
        private final IndexMends indices;
        private final ValueMends values;
        private final List<Range> free;

        Mends(Layer layer, Expr derived, Claim claim) {
            List<String> sizes = layer.sizes().stream().map(Size::name).toList();
            Map<Ref, Integer> tensors = new LinkedHashMap<>();
            for (Tensor tensor : layer.tensors()) {
                if (!tensor.isInteger()) {
                    tensors.put(Ref.value(tensor.name()), tensor.rank());
                }
                if (tensor.role() == Tensor.Role.OUTPUT) {
                    tensors.put(Ref.delta(tensor.name(), layer.outputs().size() == 1), tensor.rank());
                }
            }
            this.free = claim.indices();
            this.indices = new IndexMends(sizes);
            this.values = new ValueMends(sizes, tensors, parts(derived, claim.right()));
        }

        /** The smaller values that the two formulas are made of. */
        private static List<Expr> parts(Expr derived, Expr right) {
            Set<Expr> parts = new LinkedHashSet<>();
            int[] nodes = {0};
            Rewriter collect = new Rewriter() {
                @Override
                public Expr expr(Expr e) {
                    int before = nodes[0];
                    nodes[0]++;
                    Expr same = super.expr(e);
                    if (!(e instanceof Expr.Num) && nodes[0] - before <= LARGEST_PART) {
                        parts.add(e);
                    }
                    return same;
                }
            };
            collect.expr(right);
            collect.expr(derived);
            return List.copyOf(parts);
        }

        List<Mend> of(Expr right) {
            Site.All sites = Site.of(right, free);
            List<Mend> mends = new ArrayList<>();
            for (Site<Expr> site : sites.values()) {
                if (site.part() instanceof Expr.Read r) {
                    indices.read(site, r, mends::add);
                }
                values.value(site, mends::add);
            }
            sites.integers().forEach(site -> indices.integer(site, mends::add));
            sites.conds().forEach(site -> values.cond(site, mends::add));
            mends.sort(Comparator.comparingInt(Mend::rank));
            return mends;
        }
    }

    private Optional<Diagnosis> proved(Claim claim, List<Mend> standing) {
        for (Mend mend : standing) {
            Claim mended =
                    new Claim(claim.left(), mend.right(), claim.indices(), claim.doc(), claim.text(), claim.place());
            if (proves.test(mended)) {
                return Optional.of(new Diagnosis(mend.mistakes(), Printer.print(mend.right())));
            }
        }
        return Optional.empty();
    }

    private List<Mend> standing(List<Mend> mends, List<Point> points) {
        List<Mend> standing = new ArrayList<>();
        for (Mend mend : mends) {
            if (standing.size() < PROOFS && stands(mend.right(), points)) {
                standing.add(mend);
            }
        }
        return standing;
    }

    private boolean stands(Expr right, List<Point> points) {
        for (Point point : points) {
            try {
                if (point.left().isApartFrom(point.evaluator().value(right, point.element()))) {
                    return false;
                }
            } catch (ArithmeticException | IndexOutOfBoundsException | IllegalStateException | Sample.TooMuch none) {
                return false;
            }
        }
        return true;
    }

    /** The point where the claim fails, then points at sizes that differ from one another. */
    private List<Point> points(Refuter.Sides sides, List<Sample> samples, Refuter.Failure failure) {
        List<Point> points = new ArrayList<>();
        add(points, sides, failure.sample(), List.of(failure.element()));
        for (Sample sample : samples) {
            Evaluator<Interval> evaluator = refuter.evaluator(sample, new Sample.Effort(Long.MAX_VALUE));
            List<Map<String, Long>> all = Refuter.elements(sides.indices(), evaluator);
            List<Map<String, Long>> some = new ArrayList<>();
            for (int k = 0; k < 4 && !all.isEmpty(); k++) {
                some.add(all.get((int) ((long) k * (all.size() - 1) / 3)));
            }
            add(points, sides, sample, some);
            if (points.size() >= POINTS) {
                break;
            }
        }
        return points;
    }

    private void add(List<Point> points, Refuter.Sides sides, Sample sample, List<Map<String, Long>> elements) {
        Evaluator<Interval> evaluator = refuter.evaluator(sample, new Sample.Effort(Long.MAX_VALUE));
        for (Map<String, Long> element : new LinkedHashSet<>(elements)) {
            try {
                points.add(new Point(element, evaluator.value(sides.left(), element), evaluator));
            } catch (ArithmeticException | IndexOutOfBoundsException undefined) {
                // No demand on the claim there.
            }
        }
    }
}
