package dev.adjoint.lift;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.stmt.AssertStmt;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.BreakStmt;
import com.github.javaparser.ast.stmt.ContinueStmt;
import com.github.javaparser.ast.stmt.DoStmt;
import com.github.javaparser.ast.stmt.EmptyStmt;
import com.github.javaparser.ast.stmt.ExpressionStmt;
import com.github.javaparser.ast.stmt.ForEachStmt;
import com.github.javaparser.ast.stmt.ForStmt;
import com.github.javaparser.ast.stmt.IfStmt;
import com.github.javaparser.ast.stmt.ReturnStmt;
import com.github.javaparser.ast.stmt.Statement;
import com.github.javaparser.ast.stmt.ThrowStmt;
import com.github.javaparser.ast.stmt.WhileStmt;
import dev.adjoint.expr.Cond;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Statements. What follows a choice of which one side leaves the loop or the method belongs to the other side. */
final class Statements {
    private final Machine machine;

    Statements(Machine machine) {
        this.machine = machine;
    }

    /** Runs statements to their end, to a {@code continue}, or to a {@code return}. */
    void run(List<Statement> statements) {
        List<Statement> rest = statements;
        while (!rest.isEmpty()) {
            Statement first = rest.get(0);
            rest = rest.subList(1, rest.size());
            if (first instanceof BlockStmt block) {
                rest = then(block.getStatements(), rest);
            } else if (first instanceof IfStmt choice) {
                List<Statement> after = rest;
                Statement otherwise = choice.getElseStmt().orElse(new EmptyStmt());
                if (!leaves(choice.getThenStmt()) && !leaves(otherwise)) {
                    choose(choice, List.of(choice.getThenStmt()), List.of(otherwise));
                } else {
                    choose(choice, then(List.of(choice.getThenStmt()), after), then(List.of(otherwise), after));
                    return;
                }
            } else if (first instanceof ContinueStmt end) {
                if (end.getLabel().isPresent() || machine.loopDepth == 0) {
                    throw unread(end, "a jump to a label");
                }
                return;
            } else if (first instanceof ReturnStmt end) {
                finish(end);
                return;
            } else {
                run(first);
            }
        }
    }

    private static List<Statement> then(List<Statement> first, List<Statement> rest) {
        List<Statement> all = new ArrayList<>(first);
        all.addAll(rest);
        return all;
    }

    private void choose(IfStmt choice, List<Statement> then, List<Statement> otherwise) {
        Cond condition = machine.expressions.truth(choice.getCondition());
        machine.choose(condition, () -> run(then), () -> run(otherwise), choice.getCondition());
    }

    private void finish(ReturnStmt end) {
        if (machine.loopDepth > 0) {
            throw new Refusal(Messages.EXIT, end, "a return from within a loop ends it early");
        }
        Value value = end.getExpression().map(machine.expressions::value).orElse(new Value.Nothing());
        machine.state.returned = value;
    }

    private void run(Statement s) {
        if (s instanceof ExpressionStmt e) {
            machine.expressions.run(e.getExpression());
        } else if (s instanceof ForStmt loop) {
            machine.loops.run(loop);
        } else if (s instanceof WhileStmt loop) {
            machine.loops.run(loop);
        } else if (s instanceof ForEachStmt loop) {
            machine.loops.run(loop);
        } else if (s instanceof ThrowStmt t) {
            thrown(t);
        } else if (s instanceof AssertStmt a) {
            machine.notes.add("assertions are taken to hold: " + a.getCheck());
        } else if (s instanceof BreakStmt) {
            throw new Refusal(Messages.LOOP, s, "a break ends the loop early, depending on what was computed")
                    .help("make what ends the loop part of its condition, or begin its body with `if (…) break;`");
        } else if (s instanceof DoStmt) {
            throw new Refusal(Messages.LOOP, s, "a do-while loop is not read as a counted loop")
                    .help("write it as a for loop");
        } else if (!(s instanceof EmptyStmt)) {
            throw unread(s, construct(s));
        }
    }

    private void thrown(ThrowStmt t) {
        if (machine.isExact() && !machine.domain.isEmpty()) {
            throw new Refusal(
                            Messages.EXIT,
                            t,
                            "this is thrown for some sizes that the layer allows, or that it does"
                                    + " not is not shown")
                    .help("`assume` in the layer what the method demands, or drop the check");
        }
    }

    static Refusal unread(Node node, String what) {
        return new Refusal(Messages.CONSTRUCT, node, what + " cannot be read as an equation");
    }

    /** {@code SwitchStmt} is a switch statement. */
    static String construct(Node node) {
        String name = node.getClass().getSimpleName();
        String kind = node instanceof Expression ? "expression" : "statement";
        String word = name.replaceAll("(Stmt|Expr|Declaration)$", "").replaceAll("([a-z])([A-Z])", "$1 $2");
        return "a " + word.toLowerCase(Locale.ROOT) + " " + kind;
    }

    /** Whether a statement may end the iteration or the method before its end. */
    static boolean leaves(Statement s) {
        if (s instanceof ContinueStmt || s instanceof ReturnStmt || s instanceof ThrowStmt || s instanceof BreakStmt) {
            return true;
        }
        if (s instanceof BlockStmt b) {
            return b.getStatements().stream().anyMatch(Statements::leaves);
        }
        if (s instanceof IfStmt i) {
            return leaves(i.getThenStmt())
                    || i.getElseStmt().filter(Statements::leaves).isPresent();
        }
        return false;
    }
}
