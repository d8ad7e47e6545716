package dev.adjoint.transform;

import dev.adjoint.loop.Real;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.StepRewriter;
import dev.adjoint.loop.Steps;
import java.util.Map;
import java.util.Optional;

/** Locals to which a body only ever adds, or of which it only ever takes the larger or the smaller value. */
final class Accumulations {
    private Accumulations() {}

    /** What is done to the local, the same wherever it stands; empty if that is something else. */
    static Optional<Real.Op> of(Step body, String name) {
        Real.Op[] found = new Real.Op[1];
        boolean[] other = new boolean[1];
        new StepRewriter() {
            @Override
            public Step step(Step s) {
                if (s instanceof Step.Assign a && a.name().equals(name)) {
                    Optional<Real.Op> op = op(a);
                    other[0] |= op.isEmpty() || found[0] != null && found[0] != op.get();
                    found[0] = op.orElse(null);
                    return s;
                }
                other[0] |= s instanceof Step.AssignInt a && a.name().equals(name);
                return super.step(s);
            }

            @Override
            public Real real(Real e) {
                other[0] |= e instanceof Real.Local l && l.name().equals(name);
                return super.real(e);
            }
        }.step(body);
        return other[0] ? Optional.empty() : Optional.ofNullable(found[0]);
    }

    private static Optional<Real.Op> op(Step.Assign a) {
        Real self = new Real.Local(a.name());
        if (a.value() instanceof Real.Fma f && f.c().equals(self)) {
            boolean again = Steps.locals(f.a()).contains(a.name())
                    || Steps.locals(f.b()).contains(a.name());
            return again ? Optional.empty() : Optional.of(Real.Op.ADD);
        }
        if (a.value() instanceof Real.Binary b
                && b.left().equals(self)
                && !Steps.locals(b.right()).contains(a.name())) {
            return switch (b.op()) {
                case ADD, SUB -> Optional.of(Real.Op.ADD);
                case MAX, MIN -> Optional.of(b.op());
                case MUL, DIV -> Optional.empty();
            };
        }
        return Optional.empty();
    }

    /** What changes nothing when it is taken first. */
    static Optional<Real> neutral(Real.Op op) {
        return switch (op) {
            case ADD -> Optional.of(Real.ZERO);
            case MAX -> Optional.of(Real.Special.NEGATIVE_INFINITY);
            case MIN -> Optional.of(Real.Special.INFINITY);
            case SUB, MUL, DIV -> Optional.empty();
        };
    }

    /** The body with other accumulators. */
    static Step renamed(Step body, Map<String, String> names) {
        return new StepRewriter() {
            @Override
            public Step step(Step s) {
                return s instanceof Step.Assign a && names.containsKey(a.name())
                        ? new Step.Assign(java.util.Objects.requireNonNull(names.get(a.name())), real(a.value()))
                        : super.step(s);
            }

            @Override
            public Real real(Real e) {
                String other = e instanceof Real.Local l ? names.get(l.name()) : null;
                return other == null ? super.real(e) : new Real.Local(other);
            }
        }.step(body);
    }
}
