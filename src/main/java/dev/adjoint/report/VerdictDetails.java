package dev.adjoint.report;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Diagnostic.Severity;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Printer;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Tensor;
import dev.adjoint.lift.Lifted;
import dev.adjoint.prove.Counterexample;
import dev.adjoint.prove.Diagnosis;
import dev.adjoint.prove.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What there is to say of a statement that was not proved: where it fails, by which terms, which mistake was made. */
public final class VerdictDetails {
    /** Characters of terms that are told. */
    private static final int GLANCE = 240;

    private VerdictDetails() {}

    /** A diagnostic for each statement that was not proved: an error if that does not pass, else a note. */
    public static List<Diagnostic> of(List<Judgement> judgements, Require require) {
        return judgements.stream()
                .filter(j -> j.word() != Word.PROVED)
                .map(j -> of(j, require.isMetBy(j) ? Severity.NOTE : Severity.ERROR))
                .toList();
    }

    private static Diagnostic of(Judgement judgement, Severity severity) {
        Diagnostic diagnostic = switch (judgement.word()) {
            case REFUTED ->
                judgement
                        .failure()
                        .map(failure -> refuted(judgement, failure))
                        .orElseGet(() -> plain("V001", judgement, "REFUTED: "));
            case TESTED ->
                plain("V002", judgement, "TESTED, not proved: ")
                        .help("`--require tested`, or `adjoint.require` in a build, lets it pass");
            case UNKNOWN ->
                judgement
                        .question()
                        .obstacle()
                        .map(obstacle -> unread(judgement.question(), obstacle))
                        .orElseGet(() -> unknown(judgement));
            case PROVED -> throw new AssertionError("nothing to say of a proof");
        };
        return new Diagnostic(
                diagnostic.code(),
                severity,
                diagnostic.place(),
                diagnostic.message(),
                diagnostic.notes(),
                diagnostic.help());
    }

    private static Diagnostic plain(String code, Judgement judgement, String word) {
        return Diagnostic.error(code, judgement.place(), word + judgement.reason());
    }

    /** A method that could not be read: what stands in the way says so itself. */
    private static Diagnostic unread(Question question, Diagnostic obstacle) {
        return held(
                new Diagnostic(
                        obstacle.code(),
                        obstacle.severity(),
                        question.place(),
                        "UNKNOWN: " + obstacle.message(),
                        obstacle.notes(),
                        help(obstacle)),
                question);
    }

    /** Java that was not looked for at the right place is the commonest of obstacles. */
    private static @Nullable String help(Diagnostic obstacle) {
        return obstacle.code().equals("J001") && obstacle.help() == null
                ? "`--java DIRECTORY` says where sources are; in a build they are the project's"
                : obstacle.help();
    }

    /** Where a method is held to what it does not do. */
    private static Diagnostic held(Diagnostic diagnostic, Question question) {
        return question.asked().isPresent() && !question.asked().get().equals(diagnostic.place())
                ? diagnostic.note("it is held to that here", question.asked().get())
                : diagnostic;
    }

    private static Diagnostic unknown(Judgement judgement) {
        Diagnostic diagnostic = withDerived(plain("V003", judgement, "UNKNOWN: "), judgement);
        return judgement.reason().contains("budget")
                ? diagnostic.help("a larger budget may decide it: `--budget`, or `adjoint.budget` in a build")
                : diagnostic;
    }

    private static Diagnostic refuted(Judgement judgement, Counterexample failure) {
        Claim claim = judgement.question().claim().orElseThrow();
        Optional<TensorPicture.Target> target = target(judgement, claim, failure);
        String picture = TensorPicture.of(failure, target.stream().toList());
        Diagnostic diagnostic = Diagnostic.error("V001", judgement.place(), message(target, failure))
                .note(point(failure) + (picture.isEmpty() ? "" : "\n" + picture), null);
        if (!failure.missing().isEmpty()) {
            diagnostic = diagnostic.note("missing: " + listed(failure.missing()), null);
        }
        if (!failure.extra().isEmpty()) {
            diagnostic = diagnostic.note("extra: " + listed(failure.extra()), null);
        }
        diagnostic = withDerived(diagnostic, judgement);
        return judgement.mistake().isPresent()
                ? diagnosed(diagnostic, claim, judgement.mistake().get())
                : diagnostic;
    }

    /** The terms, as many as are read at a glance; a machine gets them all. */
    private static String listed(List<String> terms) {
        List<String> told = new ArrayList<>();
        int length = 0;
        for (String term : terms) {
            length += term.length();
            if (length > GLANCE) {
                break;
            }
            told.add(term);
        }
        int rest = terms.size() - told.size();
        String more = rest == 0 ? "" : rest + (told.isEmpty() ? " of " : " more of ") + terms.size() + " terms";
        return String.join(", ", told) + (told.isEmpty() || more.isEmpty() ? "" : ", and ") + more;
    }

    private static Diagnostic diagnosed(Diagnostic diagnostic, Claim claim, Diagnosis mistake) {
        Diagnostic told = diagnostic;
        for (String line : mistake.mistakes()) {
            told = told.note("mistake: " + line, null);
        }
        return told.help("proved instead: " + Printer.print(claim.left()) + " = " + mistake.mended());
    }

    /** The formula that holds, and of a method the one that it was read as. */
    private static Diagnostic withDerived(Diagnostic diagnostic, Judgement judgement) {
        Diagnostic told = diagnostic;
        if (judgement.question().method().isPresent()) {
            Lifted method = judgement.question().method().get();
            told = told.note("the method computes " + method.equation(), null);
            told = told.note("where " + String.join(", ", method.layout()), null);
        }
        told = held(told, judgement.question());
        return judgement.derived().isPresent()
                ? told.note("derived: " + judgement.derived().get(), null)
                : told;
    }

    /** In one sentence: what the claim says, and what is right. */
    private static String message(Optional<TensorPicture.Target> target, Counterexample failure) {
        boolean undefined = failure.claimed().equals("undefined");
        String left = target.map(VerdictDetails::entry).orElse("the left side");
        String said = target.isPresent()
                ? "this " + (undefined ? "has no value" : "says that " + left + " is " + failure.claimed())
                : "the right side " + (undefined ? "has no value" : "is " + failure.claimed());
        String right = target.isPresent() && !undefined ? "it" : left;
        return "REFUTED: " + said + " where " + right + " is " + failure.derived();
    }

    private static String entry(TensorPicture.Target target) {
        return target.name() + (target.index().isEmpty() ? "" : target.index().toString());
    }

    private static String point(Counterexample failure) {
        List<String> parts = new ArrayList<>();
        if (!failure.sizes().isEmpty()) {
            parts.add(equations(failure.sizes()));
        }
        if (!failure.element().isEmpty()) {
            parts.add("element " + equations(failure.element()));
        }
        String where = parts.isEmpty() ? "" : "at " + String.join(", ", parts) + ": ";
        return where + "derived " + failure.derived() + ", claimed " + failure.claimed();
    }

    private static String equations(Map<String, Long> values) {
        return values.entrySet().stream()
                .map(e -> e.getKey() + " = " + e.getValue())
                .collect(Collectors.joining(", "));
    }

    /** The entry that the claim's left side is at the point, if it is one. */
    private static Optional<TensorPicture.Target> target(Judgement judgement, Claim claim, Counterexample failure) {
        if (!(claim.left() instanceof Expr.Read read) || read.pad() != null) {
            return Optional.empty();
        }
        Optional<Tensor> tensor = judgement.layer().tensor(read.ref().name());
        if (tensor.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Long> values = new HashMap<>(failure.sizes());
        values.putAll(failure.element());
        try {
            return Optional.of(new TensorPicture.Target(
                    read.ref().toString(),
                    tensor.get().shape().stream().map(e -> value(e, values)).toList(),
                    read.index().stream().map(e -> value(e, values)).toList()));
        } catch (ArithmeticException readsData) {
            return Optional.empty();
        }
    }

    private static long value(IntExpr e, Map<String, Long> values) {
        return e.evaluate(atom -> {
            Long known = atom instanceof Atom.Var variable ? values.get(variable.name()) : null;
            if (known == null) {
                throw new ArithmeticException("not known by its name: " + atom);
            }
            return known;
        });
    }
}
