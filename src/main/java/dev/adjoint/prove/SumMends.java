package dev.adjoint.prove;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Substitution;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Mistakes in reductions: of the wrong kind, over the wrong indices, over the wrong range. */
final class SumMends {
    private final Parts parts;

    SumMends(Parts parts) {
        this.parts = parts;
    }

    void reduce(Site<Expr> site, Expr.Reduce r, Consumer<Mend<?>> into) {
        for (Expr.Reduce.Kind kind : Expr.Reduce.Kind.values()) {
            if (kind != r.kind()) {
                offer(
                        site,
                        new Expr.Reduce(kind, r.ranges(), r.body()),
                        () -> "`" + kind + "` is meant, not `" + r.kind() + "`",
                        15,
                        into);
            }
        }
        for (int k = 0; k < r.ranges().size(); k++) {
            Range range = r.ranges().get(k);
            List<Range> rest = new ArrayList<>(r.ranges());
            rest.remove(k);
            offer(
                    site,
                    Exprs.reduce(r.kind(), rest, new Substitution(Map.of(range.name(), range.lo())).expr(r.body())),
                    () -> "nothing runs over `" + range.name() + "`",
                    26,
                    into);
            if (!Variables.of(r.body()).contains(range.name())) {
                offer(
                        site,
                        Exprs.reduce(r.kind(), rest, r.body()),
                        () -> "the sum over `" + range.name() + "` is too much",
                        9,
                        into);
            }
            Expr count = Exprs.integer(range.hi().minus(range.lo()));
            offer(
                    site,
                    Exprs.div(r, count),
                    () -> "the mean over `" + range.name() + "` is meant, not the sum",
                    16,
                    into);
        }
        ranges(site, r, into);
        for (int i = 0; i < r.ranges().size(); i++) {
            for (int j = i + 1; j < r.ranges().size(); j++) {
                exchanged(site, r, i, j, into);
            }
        }
        if (r.body() instanceof Expr.Add sum) {
            for (int k = 0; k < sum.terms().size(); k++) {
                List<Expr> rest = new ArrayList<>(sum.terms());
                Expr out = rest.remove(k);
                if (Variables.of(out).stream()
                        .noneMatch(
                                v -> r.ranges().stream().anyMatch(x -> x.name().equals(v)))) {
                    Expr mended = Exprs.add(Exprs.reduce(r.kind(), r.ranges(), Exprs.add(rest)), out);
                    offer(site, mended, () -> "`" + Mend.text(out) + "` does not belong into the sum", 20, into);
                }
            }
        }
    }

    /** One index over another range. */
    private void ranges(Site<Expr> site, Expr.Reduce r, Consumer<Mend<?>> into) {
        Set<IntExpr> extents = new LinkedHashSet<>(parts.extents());
        for (int k = 0; k < r.ranges().size(); k++) {
            for (IntExpr extent : extents) {
                List<Range> ranges = new ArrayList<>(r.ranges());
                Range range = Range.below(ranges.get(k).name(), extent);
                ranges.set(k, range);
                offer(
                        site,
                        new Expr.Reduce(r.kind(), ranges, r.body()),
                        () -> "`" + range.name() + "` runs below " + extent,
                        19,
                        into);
            }
        }
    }

    /** Two indices exchanged where a tensor is read, so that each runs over the other's axis. */
    private void exchanged(Site<Expr> site, Expr.Reduce r, int i, int j, Consumer<Mend<?>> into) {
        Range first = r.ranges().get(i);
        Range second = r.ranges().get(j);
        List<Range> ranges = new ArrayList<>(r.ranges());
        ranges.set(i, new Range(first.name(), second.lo(), second.hi()));
        ranges.set(j, new Range(second.name(), first.lo(), first.hi()));
        Map<String, IntExpr> swap = Map.of(first.name(), second.index(), second.name(), first.index());
        Set<Expr.Read> reads = new LinkedHashSet<>();
        new Rewriter() {
            @Override
            public Expr expr(Expr e) {
                if (e instanceof Expr.Read read
                        && Variables.of(read).containsAll(List.of(first.name(), second.name()))) {
                    reads.add(read);
                }
                return super.expr(e);
            }
        }.expr(r.body());
        for (Expr.Read read : reads) {
            Expr body = new Rewriter() {
                @Override
                public Expr expr(Expr e) {
                    return e.equals(read) ? Substitution.of(e, swap) : super.expr(e);
                }
            }.expr(r.body());
            offer(
                    site,
                    new Expr.Reduce(r.kind(), ranges, body),
                    () -> "`" + first.name() + "` and `" + second.name() + "` are exchanged in `" + read.ref()
                            + "`: it is transposed",
                    8,
                    into);
        }
    }

    private static void offer(Site<Expr> site, Expr other, Supplier<String> mistake, int rank, Consumer<Mend<?>> into) {
        if (!other.equals(site.part())) {
            into.accept(new Mend<>(site, other, mistake, rank));
        }
    }
}
