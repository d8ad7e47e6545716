package dev.adjoint.report;

import dev.adjoint.derive.Step;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Printer;
import dev.adjoint.report.math.Change;
import dev.adjoint.report.math.Formulas;
import dev.adjoint.report.math.Linear;
import dev.adjoint.report.math.MathNode;
import dev.adjoint.report.math.Unchanged;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A formula and what it becomes, step by step: new parts marked, and those that the next step replaces. The first and
 * the last are whole; of those between, what neither step touches is left out where it is long.
 */
final class Chain {
    private Chain() {}

    /**
     * One formula.
     *
     * @param text the same in the language, or nearly so where parts are left out
     */
    record Line(MathNode math, String text) {}

    /** One line more than there are steps. */
    static List<Line> of(Expr first, List<Step> steps) {
        List<Expr> formulas = new ArrayList<>(List.of(first));
        steps.forEach(step -> formulas.add(step.after()));
        List<MathNode> nodes = formulas.stream().map(Formulas::of).toList();
        List<Change> changes = new ArrayList<>();
        for (int k = 0; k < steps.size(); k++) {
            Change change = Change.between(nodes.get(k), nodes.get(k + 1));
            boolean vanishes = Exprs.isZero(steps.get(k).replacement());
            changes.add(
                    vanishes
                            ? change.vanishing(
                                    nodes.get(k), Formulas.of(steps.get(k).part()))
                            : change);
        }
        List<Line> lines = new ArrayList<>();
        for (int k = 0; k < nodes.size(); k++) {
            Set<List<Integer>> came = k == 0 ? Set.of() : changes.get(k - 1).after();
            Set<List<Integer>> leaves =
                    k == steps.size() ? Set.of() : changes.get(k).before();
            MathNode marked = Change.marked(nodes.get(k), came, leaves);
            boolean between = k > 0 && k < steps.size();
            MathNode shown = between ? Unchanged.omitted(marked) : marked;
            lines.add(new Line(shown, shown.equals(marked) ? Printer.print(formulas.get(k)) : Linear.print(shown)));
        }
        return lines;
    }
}
