package dev.adjoint.check;

import dev.adjoint.derive.Gradient;
import dev.adjoint.derive.Step;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Printer;
import dev.adjoint.expr.Rewriter;
import java.util.ArrayList;
import java.util.List;

/**
 * That the steps of a derivation hang together: the first begins at the chain rule, each at what the one before left, the
 * last ends at the formula; and each replaces the part that it names, and nothing else.
 */
final class Chain {
    private Chain() {}

    /** What is wrong; empty if nothing is. */
    static List<String> faults(Gradient gradient) {
        List<String> faults = new ArrayList<>();
        check(gradient, gradient.steps(), gradient.formula(), faults);
        check(gradient, gradient.paddedSteps(), gradient.padded(), faults);
        return faults;
    }

    private static void check(Gradient gradient, List<Step> steps, Expr end, List<String> faults) {
        Expr current = gradient.raw();
        for (Step step : steps) {
            String name = gradient.ref() + ": the step \"" + step.rule() + "\" ";
            if (!step.before().equals(current)) {
                faults.add(name + "does not begin at what the one before left: " + Printer.print(step.before()));
            }
            Expr replaced = replaced(step);
            if (!replaced.equals(step.after())) {
                faults.add(name + "says that " + Printer.print(step.part()) + " becomes "
                        + Printer.print(step.replacement()) + ", which gives " + Printer.print(replaced) + ", not "
                        + Printer.print(step.after()));
            }
            current = step.after();
        }
        if (!current.equals(end)) {
            faults.add(
                    gradient.ref() + ": the steps end at " + Printer.print(current) + ", not at " + Printer.print(end));
        }
    }

    /** What the step begins with, its replacement in the place of the part. */
    private static Expr replaced(Step step) {
        return new Rewriter() {
            private boolean done;

            @Override
            public Expr expr(Expr e) {
                if (!done && e == step.part()) {
                    done = true;
                    return step.replacement();
                }
                return done ? e : super.expr(e);
            }
        }.expr(step.before());
    }
}
