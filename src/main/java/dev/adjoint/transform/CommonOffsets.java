package dev.adjoint.transform;

import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Scopes;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.StepRewriter;
import java.util.List;
import java.util.Map;

/**
 * {@code o[W*(i+m)+j]} and {@code o[W*(i+m)+j+1]} become {@code o[oAt]} and {@code o[oAt+1]}: the part of a place that is
 * no number is computed once.
 */
public final class CommonOffsets extends Common<CommonOffsets.Origin> {
    /** The part of a place that is no number, in one buffer. */
    public record Origin(Buffer buffer, IntExpr at) {
        static Origin of(Buffer buffer, IntExpr at) {
            return new Origin(buffer, at.minus(at.constant()));
        }
    }

    public CommonOffsets(Scopes scopes) {
        super(scopes);
    }

    @Override
    public void count(Step statement, Map<Origin, Integer> uses) {
        new StepRewriter() {
            @Override
            public Step step(Step s) {
                if (s instanceof Step.Store a) {
                    uses.merge(Origin.of(a.buffer(), a.at()), 1, Integer::sum);
                }
                return super.step(s);
            }

            @Override
            public Real real(Real e) {
                if (e instanceof Real.Load l) {
                    uses.merge(Origin.of(l.buffer(), l.at()), 1, Integer::sum);
                }
                return super.real(e);
            }
        }.step(statement);
    }

    @Override
    public boolean isCommon(Origin origin, List<Step> statements) {
        return origin.at().terms().size() > 1
                && origin.at().atoms().stream().allMatch(CommonOffsets::isIndex)
                && statements.stream()
                        .noneMatch(s -> s instanceof Step.DeclareInt d
                                && origin.at().variables().contains(d.name()));
    }

    /** An index, or a quotient of one. */
    private static boolean isIndex(Atom atom) {
        return atom instanceof Atom.Var
                || atom instanceof Atom.FloorDiv q
                        && q.parts().stream()
                                .flatMap(part -> part.atoms().stream())
                                .allMatch(a -> a instanceof Atom.Var);
    }

    @Override
    public String name(Origin origin) {
        return origin.buffer().name() + "At";
    }

    @Override
    public Step declaration(Origin origin, String name) {
        return new Step.DeclareInt(name, origin.at(), false);
    }

    @Override
    public Step renamed(Step statement, Map<Origin, String> names) {
        return new StepRewriter() {
            private IntExpr named(Buffer buffer, IntExpr at) {
                String name = names.get(Origin.of(buffer, at));
                return name == null ? at : IntExpr.var(name).plus(at.constant());
            }

            @Override
            public Step step(Step s) {
                return s instanceof Step.Store a
                        ? new Step.Store(a.buffer(), named(a.buffer(), a.at()), real(a.value()))
                        : super.step(s);
            }

            @Override
            public Real real(Real e) {
                return e instanceof Real.Load l ? new Real.Load(l.buffer(), named(l.buffer(), l.at())) : super.real(e);
            }
        }.step(statement);
    }
}
