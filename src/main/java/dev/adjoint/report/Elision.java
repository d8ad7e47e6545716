package dev.adjoint.report;

/** A formula made to fit a column: the longest parts in parentheses give way first, {@code sum[m, n](…)}. */
final class Elision {
    private static final String DOTS = "…";

    private Elision() {}

    /** The text, in at most {@code width} characters. */
    static String of(String text, int width) {
        String shorter = text;
        while (shorter.length() > width) {
            int[] group = longestGroup(shorter);
            if (group[1] - group[0] <= 2) {
                return shorter.substring(0, width - 1) + DOTS;
            }
            shorter = shorter.substring(0, group[0] + 1) + DOTS + shorter.substring(group[1]);
        }
        return shorter;
    }

    /** The outermost pair of round parentheses that holds most: the places of both; none is a pair of equal places. */
    private static int[] longestGroup(String text) {
        int[] longest = {0, 0};
        int depth = 0;
        int open = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '(' && depth++ == 0) {
                open = i;
            } else if (text.charAt(i) == ')' && depth > 0 && --depth == 0 && i - open > longest[1] - longest[0]) {
                longest = new int[] {open, i};
            }
        }
        return longest;
    }
}
