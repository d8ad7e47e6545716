package dev.adjoint.report.figure;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What figures say in words, and how large their cells are. */
final class Wording {
    private static final int MOST = 12;

    private Wording() {}

    /** The entries at these places, the first twelve of them by name. */
    static String entries(Plane plane, Collection<Point> points) {
        String named = points.stream().limit(MOST).map(plane::entry).collect(Collectors.joining(", "));
        int more = points.size() - MOST;
        return points.isEmpty() ? "nothing" : more > 0 ? named + " and " + more + " more" : named;
    }

    /** The names of several planes' entries, given. */
    static String list(List<String> names) {
        return names.size() <= MOST
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST)) + " and " + (names.size() - MOST) + " more";
    }

    static String drawnFor(Scene scene) {
        String sizes = scene.sizesText();
        return sizes.isEmpty() ? "" : " Drawn for " + sizes.replace(" = ", "\u00A0=\u00A0") + ".";
    }

    static int large(Plane... planes) {
        int longest = longest(planes);
        return longest <= 8 ? Sketch.LARGE : longest <= 12 ? 24 : 12;
    }

    static int small(Plane... planes) {
        return longest(planes) <= 11 ? Sketch.SMALL : 8;
    }

    private static int longest(Plane... planes) {
        int longest = 0;
        for (Plane plane : planes) {
            longest = Math.max(longest, Math.max(plane.rows(), plane.columns()));
        }
        return longest;
    }

    static List<Point> inside(Plane plane, Set<Point> points) {
        return points.stream().filter(plane::holds).toList();
    }
}
