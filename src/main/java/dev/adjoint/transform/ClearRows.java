package dev.adjoint.transform;

import dev.adjoint.expr.Rel;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.StepRewriter;
import dev.adjoint.loop.Steps;
import dev.adjoint.loop.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A loop whose index bounds loops within it: the rows in which these have all their turns, {@code 1 ≤ i ≤ (H-2)/2} for
 * {@code max(0,1-2i) ≤ k < min(3,H+1-2i)}, get a body of their own, in which the bounds are numbers. Of a bound {@code p
 * div n} that is one body for each residue of p.
 */
final class ClearRows {
    private ClearRows() {}

    /** A branch for each kind of rows; empty if all rows are of a kind, or none is clear. */
    static Optional<Step.If> apply(Step.Loop loop) {
        if (!loop.by().equals(IntExpr.ONE) || !bounds(loop.body(), loop.var())) {
            return Optional.empty();
        }
        try {
            long residues = Residues.of(loop);
            Step body = loop.body();
            for (long r = residues - 1; r >= 0; r--) {
                body = branch(loop, residues, r, body);
            }
            return Optional.of((Step.If) body);
        } catch (NoLanes e) {
            return Optional.empty();
        }
    }

    private static Step branch(Step.Loop loop, long residues, long r, Step otherwise) {
        IntExpr row = IntExpr.var(loop.var());
        IntExpr by = IntExpr.of(residues);
        Step body = Steps.where(loop.body(), loop.var(), row.times(residues).plus(r));
        Interior interior =
                new Interior(new Range(loop.var(), loop.lo(), loop.hi().floorDiv(by)));
        Step clear = Steps.where(interior.step(body), loop.var(), row.floorDiv(by));
        Range inside = interior.inside();
        List<Test> where = new ArrayList<>();
        if (residues > 1) {
            where.add(new Test.Ints(Rel.EQ, row.mod(by), IntExpr.of(r)));
        }
        if (!inside.lo().equals(loop.lo())) {
            where.add(new Test.Ints(Rel.GE, row.floorDiv(by), inside.lo()));
        }
        where.add(new Test.Ints(Rel.LT, row.floorDiv(by), inside.hi()));
        return new Step.If(Test.all(where), clear, otherwise);
    }

    private static boolean bounds(Step body, String index) {
        boolean[] found = new boolean[1];
        new StepRewriter() {
            @Override
            public Step step(Step s) {
                found[0] |= s instanceof Step.Loop l
                        && (l.lo().variables().contains(index)
                                || l.hi().variables().contains(index));
                return super.step(s);
            }
        }.step(body);
        return found[0];
    }
}
