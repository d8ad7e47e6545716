package dev.adjoint.loop;

import java.util.Set;
import java.util.TreeSet;

/** The names that a step declares: loop variables and locals. */
public final class Locals extends StepRewriter {
    private final Set<String> names = new TreeSet<>();

    private Locals() {}

    /** The names that a step declares, but for those of routines that it calls. */
    public static Set<String> of(Step step) {
        Locals locals = new Locals();
        locals.step(step);
        return locals.names;
    }

    @Override
    public Step step(Step s) {
        if (s instanceof Step.Loop l) {
            names.add(l.var());
        } else if (s instanceof Step.Declare d) {
            names.add(d.name());
        } else if (s instanceof Step.DeclareMask d) {
            names.add(d.name());
        } else if (s instanceof Step.DeclareInt d) {
            names.add(d.name());
        } else if (s instanceof Step.Share h && h.rest() != null) {
            names.add(h.rest().var());
        }
        return super.step(s);
    }
}
