package dev.adjoint.report.math;

import dev.adjoint.expr.Ref;
import dev.adjoint.report.math.MathNode.Op;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Formulas set from the text that somebody wrote, sign by sign: definitions that it applies keep their names, where an
 * expression has them opened. Knows no precedence, as the text has its own parentheses.
 */
public final class Written {
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:([A-Za-z_][A-Za-z0-9_]*)|([0-9]+(?:\\.[0-9]+)?)|(<=|>=|==|!=|&&|\\|\\||\\S))");

    private static final Map<String, Op> OPERATORS = Map.ofEntries(
            Map.entry("*", Op.TIMES),
            Map.entry("+", Op.PLUS),
            Map.entry("-", Op.MINUS),
            Map.entry("=", Op.EQUALS),
            Map.entry("==", Op.EQUALS),
            Map.entry("!=", new Op(Op.Kind.RELATION, "≠")),
            Map.entry("<", new Op(Op.Kind.RELATION, "<")),
            Map.entry(">", new Op(Op.Kind.RELATION, ">")),
            Map.entry("<=", new Op(Op.Kind.RELATION, "≤")),
            Map.entry(">=", new Op(Op.Kind.RELATION, "≥")),
            Map.entry("&&", new Op(Op.Kind.BINARY, "∧")),
            Map.entry("||", new Op(Op.Kind.BINARY, "∨")),
            Map.entry("!", new Op(Op.Kind.PREFIX, "¬")),
            Map.entry("/", new Op(Op.Kind.SEPARATOR, "/")),
            Map.entry(",", Op.COMMA),
            Map.entry("?", new Op(Op.Kind.BINARY, "?")),
            Map.entry(":", new Op(Op.Kind.SEPARATOR, ":")),
            Map.entry("div", new Op(Op.Kind.BINARY, "div")),
            Map.entry("mod", new Op(Op.Kind.BINARY, "mod")));

    private static final Map<String, String> REDUCTIONS = Map.of("sum", "∑", "prod", "∏", "max", "max", "min", "min");

    private final List<String> tokens = new ArrayList<>();
    private int at;

    private Written(String text) {
        Matcher token = TOKEN.matcher(text);
        while (token.lookingAt()) {
            tokens.add(token.group().strip());
            token.region(token.end(), text.length());
        }
    }

    /** The names that a text applies to arguments in round parentheses. */
    public static Set<String> applied(String text) {
        Set<String> names = new HashSet<>();
        Matcher call = Pattern.compile("\\b([A-Za-z_][A-Za-z0-9_]*)'*\\(").matcher(text);
        while (call.find()) {
            names.add(call.group(1));
        }
        return names;
    }

    /** The formula; empty if its brackets do not match. */
    public static Optional<MathNode> formula(String text) {
        Written written = new Written(text);
        MathNode node = written.row("", false);
        return written.at == written.tokens.size() ? Optional.of(node) : Optional.empty();
    }

    private String token(int ahead) {
        return at + ahead < tokens.size() ? tokens.get(at + ahead) : "";
    }

    /** @param inside whether this stands in an index, where names are those of sizes and indices */
    private MathNode row(String end, boolean inside) {
        List<MathNode> items = new ArrayList<>();
        while (!token(0).equals(end) && !List.of(")", "]", "").contains(token(0))) {
            Op operator = OPERATORS.get(token(0));
            boolean first = items.isEmpty() || items.get(items.size() - 1) instanceof Op;
            if (token(0).equals("^") && !first) {
                at++;
                items.set(items.size() - 1, new MathNode.Power(items.get(items.size() - 1), primary(inside)));
            } else if (operator != null) {
                at++;
                items.add(operator.equals(Op.MINUS) && first ? Op.NEGATIVE : operator);
            } else {
                items.add(primary(inside));
            }
        }
        return Formulas.row(items);
    }

    private MathNode primary(boolean inside) {
        String token = token(0);
        if (token.equals("(")) {
            return suffixed(fenced("(", ")", inside));
        }
        if (token.equals("[")) {
            return fenced("[", "]", true);
        }
        at++;
        if (!Character.isLetter(token.codePointAt(0)) && token.codePointAt(0) != '_') {
            return token.matches("[0-9.]+") ? new MathNode.Digits(token) : new MathNode.Words(token);
        }
        if (REDUCTIONS.containsKey(token) && token(0).equals("[")) {
            return new MathNode.Big(REDUCTIONS.get(token), indices());
        }
        if (token.equals("d") && token(0).equals("(")) {
            return derivative();
        }
        if (token.equals("grad")) {
            String name = token(0);
            at++;
            MathNode.Fraction whole = (MathNode.Fraction) Formulas.entry(Ref.grad(name), List.of());
            MathNode below = suffixed(Names.whole(name));
            return new MathNode.Fraction(whole.above(), Formulas.row(List.of(Op.PARTIAL, below)));
        }
        if (token.equals("delta")) {
            MathNode delta = new MathNode.Name("δ");
            if (token(0).equals(".")) {
                delta = new MathNode.Power(delta, Names.whole(token(1)));
                at += 2;
            }
            return suffixed(delta);
        }
        boolean variable = inside && !token(0).equals("(") && !token(0).equals("[");
        return suffixed(variable ? Names.of(token) : Names.whole(token));
    }

    /** With the primes, arguments and indices that follow. */
    private MathNode suffixed(MathNode node) {
        MathNode all = node;
        while (List.of("'", "(", "[").contains(token(0))) {
            if (token(0).equals("'")) {
                at++;
                all = new MathNode.Power(all, new MathNode.Name("′"));
            } else if (token(0).equals("(")) {
                all = Formulas.row(List.of(all, fenced("(", ")", false)));
            } else {
                all = new MathNode.Index(all, indices());
            }
        }
        return all;
    }

    private MathNode fenced(String open, String close, boolean inside) {
        at++;
        MathNode node = row(close, inside);
        close(close);
        return new MathNode.Fence(open, close, node);
    }

    private List<MathNode> indices() {
        List<MathNode> all = new ArrayList<>();
        do {
            at++;
            all.add(row(",", true));
        } while (token(0).equals(","));
        close("]");
        return all;
    }

    /** {@code d(a) / d(b)}. */
    private MathNode derivative() {
        MathNode.Fence of = (MathNode.Fence) fenced("(", ")", false);
        if (!token(0).equals("/") || !token(1).equals("d") || !token(2).equals("(")) {
            return Formulas.row(List.of(new MathNode.Name("d"), of));
        }
        at += 2;
        MathNode.Fence by = (MathNode.Fence) fenced("(", ")", false);
        MathNode below = Formulas.row(List.of(Op.PARTIAL, by.inside()));
        return of.inside() instanceof MathNode.Row
                ? Formulas.row(List.of(new MathNode.Fraction(Op.PARTIAL, below), of))
                : new MathNode.Fraction(Formulas.row(List.of(Op.PARTIAL, of.inside())), below);
    }

    /** What does not close ends the reading before the end of the text. */
    private void close(String bracket) {
        if (token(0).equals(bracket)) {
            at++;
        } else {
            at = tokens.size() + 1;
        }
    }
}
