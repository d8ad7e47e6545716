package dev.adjoint.bilinear;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Which points a filter interpolates at. The rule: 0 and infinity, for which the transforms have the fewest terms; then
 * pairs {@code ±a}, whose transforms share their even and odd parts; if one is left over, it stands alone. Of all such
 * sets with numerators and denominators up to 3, those are taken whose {@link ErrorBound} in {@code float} is least; of
 * equal ones the first, small numbers coming first.
 */
final class PointChoice {
    /** The a of the pairs. */
    private static final List<Point> NUMBERS = List.of(
            Point.of(1, 1),
            Point.of(2, 1),
            Point.of(1, 2),
            Point.of(3, 1),
            Point.of(1, 3),
            Point.of(3, 2),
            Point.of(2, 3));

    private static final Map<List<Integer>, CookToom> CHOSEN = new ConcurrentHashMap<>();

    private PointChoice() {}

    static CookToom of(int m, int r) {
        return CHOSEN.computeIfAbsent(List.of(m, r), size -> best(m, r));
    }

    private static CookToom best(int m, int r) {
        return sets(m + r - 1).stream()
                .map(points -> CookToom.of(m, r, points))
                .min(Comparator.comparing(each -> ErrorBound.of(List.of(each.filter()), 1, Precision.FLOAT)
                        .bound()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "F(" + m + ", " + r + ") needs more points than there are small numbers"));
    }

    /** The candidates: sets of so many points, at least one. */
    private static List<List<Point>> sets(int size) {
        List<List<Point>> sets = new ArrayList<>();
        grow(size == 1 ? List.of() : List.of(Point.of(0, 1)), 0, size, sets);
        return sets;
    }

    private static void grow(List<Point> points, int from, int size, List<List<Point>> sets) {
        if (points.size() == size - 1) {
            sets.add(Stream.concat(points.stream(), Stream.of(Point.INFINITY)).toList());
            return;
        }
        boolean single = points.size() == size - 2;
        for (int k = single ? 0 : from; k < NUMBERS.size(); k++) {
            Point a = NUMBERS.get(k);
            if (!points.contains(a)) {
                Stream<Point> more = single ? Stream.of(a) : Stream.of(a, a.negated());
                grow(Stream.concat(points.stream(), more).toList(), k + 1, size, sets);
            }
        }
    }
}
