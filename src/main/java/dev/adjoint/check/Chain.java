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
            if (!replacesItsPart(step)) {
                faults.add(name + "says that " + Printer.print(step.part()) + " becomes "
                        + Printer.print(step.replacement()) + ", which does not make "
                        + Printer.print(step.before()) + " into " + Printer.print(step.after()));
            }
            current = step.after();
        }
        if (!current.equals(end)) {
            faults.add(
                    gradient.ref() + ": the steps end at " + Printer.print(current) + ", not at " + Printer.print(end));
        }
    }

    /** Whether the replacement, in one of the places where the part stands, gives what the step ends with. */
    private static boolean replacesItsPart(Step step) {
        for (int place = 0; ; place++) {
            Replacing replacing = new Replacing(step, place);
            Expr replaced = replacing.expr(step.before());
            if (replacing.left >= 0) {
                return false;
            }
            if (replaced.equals(step.after())) {
                return true;
            }
        }
    }

    /** Puts the replacement in one place; the same part may stand in several, as a base does in {@code u^v·log(u)}. */
    private static final class Replacing extends Rewriter {
        private final Step step;
        private int left;

        Replacing(Step step, int place) {
            this.step = step;
            this.left = place;
        }

        @Override
        public Expr expr(Expr e) {
            if (e == step.part() && left-- == 0) {
                return step.replacement();
            }
            return super.expr(e);
        }
    }
}
