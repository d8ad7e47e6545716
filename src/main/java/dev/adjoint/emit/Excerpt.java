package dev.adjoint.emit;

import dev.adjoint.plan.Planner;
import java.util.ArrayList;
import java.util.List;

/** Parts of an emitted class, to be shown beside the formula that they compute. */
public final class Excerpt {
    private static final String MARGIN = "    ";

    private Excerpt() {}

    /**
     * The method that computes one tensor, its comment included, without the margin of the class.
     *
     * @param result as it is named in the class, {@code x} or {@code gradW}
     * @return its lines; none if the class has no method for it
     */
    public static List<String> computing(SourceFile source, String result) {
        String head = " void compute" + Planner.capital(result) + "(";
        List<String> lines = source.text().lines().toList();
        for (int first = 0; first < lines.size(); first++) {
            if (lines.get(first).startsWith(MARGIN + "private ")
                    && lines.get(first).contains(head)) {
                return method(lines, first);
            }
        }
        return List.of();
    }

    private static List<String> method(List<String> lines, int head) {
        int first = head;
        while (first > 0 && isComment(lines.get(first - 1))) {
            first--;
        }
        List<String> method = new ArrayList<>();
        for (int k = first; k < lines.size(); k++) {
            String line = lines.get(k);
            method.add(line.startsWith(MARGIN) ? line.substring(MARGIN.length()) : line);
            if (line.equals(MARGIN + "}")) {
                break;
            }
        }
        return List.copyOf(method);
    }

    private static boolean isComment(String line) {
        return line.startsWith(MARGIN + "/**") || line.startsWith(MARGIN + " *");
    }
}
