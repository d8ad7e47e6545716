package dev.adjoint.emit;

import java.util.ArrayList;
import java.util.List;

/** The last touch to a source: lines of at most 120 columns, no trailing blanks, one newline at the end. */
final class Layout {
    private static final int WIDTH = 120;

    private Layout() {}

    static String tidy(String source) {
        List<String> lines = new ArrayList<>();
        for (String line : source.split("\n", -1)) {
            String bare = line.stripTrailing();
            boolean twice = bare.isEmpty()
                    && !lines.isEmpty()
                    && lines.get(lines.size() - 1).isEmpty();
            boolean closing = bare.strip().equals("}")
                    && !lines.isEmpty()
                    && lines.get(lines.size() - 1).isEmpty();
            if (closing) {
                lines.remove(lines.size() - 1);
            }
            boolean opened = bare.isEmpty()
                    && !lines.isEmpty()
                    && lines.get(lines.size() - 1).endsWith("{");
            boolean member = bare.startsWith("    ") && bare.charAt(4) != ' ' && !bare.equals("    }");
            if (member && !lines.isEmpty() && lines.get(lines.size() - 1).equals("    }")) {
                lines.add("");
            }
            if (!twice && !opened) {
                wrap(bare, lines);
            }
        }
        while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return String.join("\n", lines) + "\n";
    }

    /** Breaks a long statement after a blank, as far outside of parentheses as can be. */
    private static void wrap(String line, List<String> lines) {
        String rest = line;
        int indent = line.length() - line.stripLeading().length();
        String more = " ".repeat(indent) + (isDoc(line) ? isFormula(line) ? "*     " : "* " : "        ");
        while (rest.length() > WIDTH) {
            int best = best(rest, indent);
            if (best < 0) {
                break;
            }
            lines.add(rest.substring(0, best).stripTrailing());
            rest = more + rest.substring(best).stripLeading();
            indent = isDoc(line) ? indent : more.length();
        }
        lines.add(rest);
    }

    private static boolean isDoc(String line) {
        return line.stripLeading().startsWith("* ");
    }

    /** A line of a preformatted block or of a tag: what goes on below stands further in. */
    private static boolean isFormula(String line) {
        return line.stripLeading().startsWith("*   ") || line.stripLeading().startsWith("* @");
    }

    /** The last blank as far outside of brackets as there is one; in a formula after a comma, or before a sign. */
    private static int best(String line, int indent) {
        int depth = 0;
        int best = -1;
        int bestRank = Integer.MAX_VALUE;
        boolean text = line.charAt(indent) == '"';
        boolean formula = isDoc(line) && isFormula(line);
        for (int k = indent + 1; k < Math.min(line.length(), WIDTH); k++) {
            char c = line.charAt(k);
            char before = line.charAt(k - 1);
            text ^= c == '"' && before != '\\';
            depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            boolean sign = k + 1 < line.length() && "*+-".indexOf(line.charAt(k + 1)) >= 0;
            int rank = 2 * depth + (formula && before != ',' && !sign ? 1 : 0);
            boolean early = k < indent + 30;
            if (c == ' ' && !text && !early && rank <= bestRank && (before != ')' || depth > 0 || formula)) {
                best = k;
                bestRank = rank;
            }
        }
        return best;
    }
}
