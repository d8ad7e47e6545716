package dev.adjoint.plan;

import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Place;
import dev.adjoint.loop.Solve;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The results of one block beside the vectors: a few neighbouring values of one index, times all values of others that
 * have few.
 *
 * @param split the index of which a block takes some values, if there is one
 * @param block how many
 * @param whole indices of which it takes all, each with a fixed extent
 */
record Rows(Optional<Range> split, int block, List<Range> whole) {
    static final Rows NONE = new Rows(Optional.empty(), 1, List.of());

    int count() {
        long count = block;
        for (Range range : whole) {
            count *= range.extent().constant();
        }
        return Math.toIntExact(count);
    }

    boolean holds(Range range) {
        return whole.contains(range) || split.filter(range::equals).isPresent();
    }

    /** How many blocks cover the index. */
    IntExpr blocks() {
        return split.map(r -> Solve.ceilDiv(r.hi(), block)).orElse(IntExpr.ONE);
    }

    /** Whether the last block ends with the index. */
    boolean isEven() {
        return split.map(r -> r.hi().mod(IntExpr.of(block)).isZero()).orElse(true);
    }

    /**
     * Whether the last block may read what would be behind the last row: there is no such block, or it reads in a copy
     * that is made longer, and later rows stand further behind.
     */
    boolean mayReadBehind(Layout layout) {
        return isEven()
                || layout.isCopy()
                        && layout.axes().stream()
                                .allMatch(a ->
                                        a.at().coefficient(split.orElseThrow().name())
                                                        .orElse(0)
                                                >= 0);
    }

    /** How far each row lies from the first, for each index. */
    List<Map<String, IntExpr>> offsets() {
        List<Map<String, IntExpr>> all = new ArrayList<>(List.of(Map.of()));
        if (split.isPresent()) {
            all = with(all, split.get().name(), block);
        }
        for (Range range : whole) {
            all = with(all, range.name(), range.extent().constant());
        }
        return all;
    }

    private static List<Map<String, IntExpr>> with(List<Map<String, IntExpr>> all, String index, long values) {
        List<Map<String, IntExpr>> more = new ArrayList<>();
        for (Map<String, IntExpr> each : all) {
            for (long k = 0; k < values; k++) {
                Map<String, IntExpr> row = new LinkedHashMap<>(each);
                row.put(index, IntExpr.of(k));
                more.add(row);
            }
        }
        return more;
    }

    /** The number of a row in its block, over the indices; a block starts at {@link #first}. */
    IntExpr number() {
        IntExpr number = split.map(r -> r.index().minus(first(r))).orElse(IntExpr.ZERO);
        for (Range range : whole) {
            number = number.times(range.extent()).plus(range.index());
        }
        return number;
    }

    /** The first value that an index has in a block. */
    static IntExpr first(Range split) {
        return IntExpr.var("$first " + split.name());
    }

    /** How far a row lies from the first of its block. */
    IntExpr moved(Place place, Map<String, IntExpr> row) {
        Map<String, IntExpr> here = new HashMap<>();
        Map<String, IntExpr> start = new HashMap<>();
        row.forEach((index, offset) -> {
            boolean own = split.map(Range::name).filter(index::equals).isPresent();
            IntExpr from = own ? IntExpr.var("$block").times(block) : IntExpr.ZERO;
            here.put(index, from.plus(offset));
            start.put(index, from);
        });
        return place.at().substitute(here).minus(place.at().substitute(start));
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        split.ifPresent(r -> parts.add(block + " " + r.name()));
        whole.forEach(r -> parts.add("all " + r.name()));
        return parts.isEmpty() ? "one row" : String.join(" times ", parts);
    }
}
