package dev.adjoint.plan;

import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.IntExpr;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An innermost loop that stores one entry a round becomes one that stores a vector a round, {@code for j y[j] = f(x[j])}
 * as {@code for j by lanes y[j…] = f(x[j…])}: where all places move by one entry a round, or not at all, and nothing that
 * is read is what is written. The last vector is moved back so that it ends with the row, and computes some entries
 * again; rows shorter than a vector stay as they were.
 */
final class Vectorize extends StepRewriter {
    private static final Set<Fun.Known> LANEWISE = Set.of(Fun.Known.ABS, Fun.Known.RELU, Fun.Known.SQRT);

    @Override
    public Step step(Step s) {
        if (s instanceof Step.Loop l && l.by().equals(IntExpr.ONE)) {
            Step body = l.body() instanceof Step.Block b && b.steps().size() == 1
                    ? b.steps().get(0)
                    : l.body();
            if (body instanceof Step.Store store) {
                return new Row(l, store).vectorized().orElse(s);
            }
        }
        return super.step(s);
    }

    /** One loop. */
    private static final class Row {
        private final Step.Loop loop;
        private final Step.Store store;

        Row(Step.Loop loop, Step.Store store) {
            this.loop = loop;
            this.store = store;
        }

        Optional<Step> vectorized() {
            if (!moves(store.buffer(), store.at()).equals(Optional.of(IntExpr.ONE))) {
                return Optional.empty();
            }
            Optional<Real> value = lanes(store.value());
            if (value.isEmpty()) {
                return Optional.empty();
            }
            Step vector = new Step.Store(store.buffer(), store.at(), value.get());
            IntExpr last = loop.hi().minus(Lane.COUNT);
            IntExpr length = loop.hi().minus(loop.lo());
            Step whole = new Step.Loop(loop.var(), loop.lo(), last.plus(1), Lane.COUNT, vector);
            Step rest = new Step.If(
                    new Test.Ints(Rel.NE, length.mod(Lane.COUNT), IntExpr.ZERO),
                    new StepRewriter() {
                        @Override
                        public IntExpr integer(IntExpr e) {
                            return e.substitute(loop.var(), last);
                        }
                    }.step(vector),
                    null);
            Step all = new Step.Block(List.of(whole, rest));
            return Optional.of(
                    length.isConstant() && length.constant() >= Lane.MOST
                            ? all
                            : new Step.If(new Test.Ints(Rel.GE, length, Lane.COUNT), all, loop));
        }

        private Optional<IntExpr> moves(Buffer buffer, IntExpr at) {
            return new Place(buffer, at).stride(loop.var());
        }

        /** The value for each lane; empty if vectors cannot compute it. */
        private Optional<Real> lanes(Real e) {
            if (e instanceof Real.Load l) {
                if (l.buffer().name().equals(store.buffer().name())) {
                    return Optional.empty();
                }
                Optional<IntExpr> moves = moves(l.buffer(), l.at());
                if (moves.isPresent() && moves.get().isZero()) {
                    return Optional.of(new Real.Spread(e));
                }
                return moves.filter(IntExpr.ONE::equals).map(one -> new Real.Lanes(l.buffer(), l.at()));
            }
            if (e instanceof Real.Literal || e instanceof Real.Special || e instanceof Real.Local) {
                return Optional.of(new Real.Spread(e));
            }
            if (e instanceof Real.OfInt i && !i.value().variables().contains(loop.var())) {
                return Optional.of(new Real.Spread(e));
            }
            if (e instanceof Real.Binary b) {
                return lanes(b.left())
                        .flatMap(left -> lanes(b.right()).map(right -> new Real.Binary(b.op(), left, right)));
            }
            if (e instanceof Real.Negate n) {
                return lanes(n.arg()).map(Real.Negate::new);
            }
            if (e instanceof Real.Call c && LANEWISE.contains(c.fun())) {
                return lanes(c.arg()).map(arg -> new Real.Call(c.fun(), arg));
            }
            return Optional.empty();
        }
    }
}
