package dev.adjoint.emit;

import dev.adjoint.index.IntExpr;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Routine;
import dev.adjoint.loop.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The statements of a plan as records for the template. */
final class Statements {
    private final JavaText text;

    Statements(JavaText text) {
        this.text = text;
    }

    List<Statement> of(Step step) {
        if (step instanceof Step.Block block) {
            List<Statement> all = new ArrayList<>();
            for (Step each : block.steps()) {
                if (each instanceof Step.Block inner && !inner.steps().isEmpty()) {
                    all.add(new Statement("block", null, of(inner), List.of()));
                } else {
                    all.addAll(of(each));
                }
            }
            return all;
        }
        if (step instanceof Step.Loop loop) {
            return List.of(new Statement("loop", head(loop), of(loop.body()), List.of()));
        }
        if (step instanceof Step.Share share && share.rest() != null) {
            String var = share.rest().var();
            String head = "int " + var + " = " + Shares.call(share, text) + "; " + var + " < "
                    + text.integer(share.count()) + "; " + var + "++";
            return List.of(new Statement("loop", head, of(share.rest().body()), List.of()));
        }
        if (step instanceof Step.If branch) {
            List<Statement> otherwise = branch.otherwise() == null ? List.of() : of(branch.otherwise());
            return List.of(new Statement("branch", text.test(branch.test()), of(branch.then()), otherwise));
        }
        return List.of(Statement.line(line(step)));
    }

    /** The upper bound is computed once. */
    private String head(Step.Loop loop) {
        String var = loop.var();
        String hi = text.integer(loop.hi());
        String start = "int " + var + " = " + text.integer(loop.lo());
        String next = loop.by().equals(IntExpr.ONE) ? var + "++" : var + " += " + text.integer(loop.by());
        if (hi.contains("(") || hi.contains("[")) {
            return start + ", " + var + "End = " + hi + "; " + var + " < " + var + "End; " + next;
        }
        return start + "; " + var + " < " + hi + "; " + next;
    }

    private String line(Step step) {
        if (step instanceof Step.Declare d) {
            return (d.mutable() ? "" : "final ") + text.type(d.value()) + " " + d.name() + " = " + text.real(d.value())
                    + ";";
        }
        if (step instanceof Step.DeclareMask d) {
            return "final " + text.maskType() + " " + d.name() + " = " + text.test(d.test()) + ";";
        }
        if (step instanceof Step.Interleave i) {
            return text.interleave(i.values().size()) + "(" + i.buffer() + ", " + text.integer(i.at())
                    + i.values().stream().map(v -> ", " + text.real(v)).collect(Collectors.joining()) + ");";
        }
        if (step instanceof Step.DeclareInt d) {
            return (d.mutable() ? "" : "final ") + "int " + d.name() + " = " + text.integer(d.value()) + ";";
        }
        if (step instanceof Step.Assign a) {
            return assign(a);
        }
        if (step instanceof Step.AssignInt a) {
            return a.name() + " = " + text.integer(a.value()) + ";";
        }
        if (step instanceof Step.Store s && s.value().isLanes()) {
            return text.real(s.value()) + ".intoArray(" + s.buffer() + ", " + text.integer(s.at()) + ");";
        }
        if (step instanceof Step.Store s) {
            return s.buffer() + "[" + text.integer(s.at()) + "] = " + text.real(s.value()) + ";";
        }
        if (step instanceof Step.StoreInt s) {
            return s.buffer() + "[" + text.integer(s.at()) + "] = " + text.integer(s.value()) + ";";
        }
        if (step instanceof Step.Accumulate a) {
            return a.buffer() + "[" + text.integer(a.at()) + "] += " + text.real(a.value()) + ";";
        }
        if (step instanceof Step.Copy c) {
            return text.copy() + "(" + c.from() + ", " + text.integer(c.at()) + ", " + c.to() + ", "
                    + text.integer(c.toAt()) + ", " + text.integer(c.length()) + ");";
        }
        if (step instanceof Step.Fill f) {
            return "java.util.Arrays.fill(" + f.buffer() + ", " + text.integer(f.from()) + ", " + text.integer(f.to())
                    + ", " + text.real(f.value()) + ");";
        }
        if (step instanceof Step.Call call) {
            return call(call.routine(), call.ints().stream().map(text::integer).toList());
        }
        if (step instanceof Step.Share share) {
            return Shares.call(share, text) + ";";
        }
        return "// " + ((Step.Remark) step).text();
    }

    static String call(Routine routine, List<String> ints) {
        return routine.name() + "("
                + Stream.concat(routine.buffers().stream().map(Buffer::name), ints.stream())
                        .collect(Collectors.joining(", "))
                + ");";
    }

    private String assign(Step.Assign a) {
        if (a.value() instanceof Real.Binary b && b.left().equals(new Real.Local(a.name()))) {
            String operator = switch (b.op()) {
                case ADD -> "+=";
                case SUB -> "-=";
                case MUL -> "*=";
                case DIV -> "/=";
                case MAX, MIN -> "";
            };
            if (!operator.isEmpty()) {
                return a.name() + " " + operator + " " + text.real(b.right()) + ";";
            }
        }
        return a.name() + " = " + text.real(a.value()) + ";";
    }
}
