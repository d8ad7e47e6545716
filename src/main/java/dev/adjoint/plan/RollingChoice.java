package dev.adjoint.plan;

import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Lane;
import dev.adjoint.loop.Place;
import dev.adjoint.loop.Test;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One way to compute a contraction in which both indices of a plane of results move the same operand: of R neighbouring
 * rows of results, {@code y[i + r, j] = Σ_k Σ_l x[i + r + k, j + l]·w[k, l]}, those whose {@code r + k} is the same read
 * the same vector of x. It is loaded once and serves all of them, while all of w stays in registers.
 *
 * @param row the index of the rows of results
 * @param run the index of neighbouring results
 * @param dense whether rows lie one behind the other, both those that are read and those of results: then a vector may
 *     reach into the next row; else the last one is moved back to end with its row
 * @param moving the layout of the operand that is loaded by vectors
 * @param still the layout of the one that stays in registers
 * @param block how many rows of results are computed at a time
 * @param vectors how many stand side by side
 * @param start what sums start from, if not 0
 */
record RollingChoice(
        Contraction contraction,
        Taps taps,
        Range row,
        Range run,
        boolean dense,
        Layout moving,
        Layout still,
        int block,
        int vectors,
        Optional<Place> start,
        Place result)
        implements LaneWay {
    /** The row in its block that a loaded vector serves, and the tap by which. */
    record Use(int row, int tap) {}

    Rows rows() {
        return new Rows(Optional.of(row), block, List.of());
    }

    /** The free indices beside the plane. */
    List<Range> outer() {
        return contraction.free().stream()
                .filter(r -> !r.equals(row) && !r.equals(run))
                .toList();
    }

    /** How far behind the first result of a block the last vectors of its first row may start. */
    IntExpr last() {
        IntExpr below = row.hi().minus(row.index()).minus(block).times(run.extent());
        IntExpr own = run.extent().minus(Lane.COUNT.times(vectors));
        return dense ? below.plus(own) : own;
    }

    /** The values of the summed indices, tap by tap. */
    private List<Map<String, IntExpr>> values() {
        List<Map<String, IntExpr>> all = new ArrayList<>(List.of(Map.of()));
        for (Range range : taps.ranges()) {
            List<Map<String, IntExpr>> more = new ArrayList<>();
            for (Map<String, IntExpr> each : all) {
                for (long k = 0; k < range.extent().constant(); k++) {
                    Map<String, IntExpr> tap = new HashMap<>(each);
                    tap.put(range.name(), range.lo().plus(k));
                    more.add(tap);
                }
            }
            all = more;
        }
        return all;
    }

    /** How far each tap moves a place from the first one. */
    List<IntExpr> moved(Place place) {
        IntExpr first = taps.first(place.buffer(), place.at()).at();
        return values().stream().map(v -> place.at().substitute(v).minus(first)).toList();
    }

    /** What a block loads: how far from the place of its first row and tap, and what that serves. */
    Map<IntExpr, List<Use>> loads(Place place) {
        List<IntExpr> moved = moved(place);
        Map<IntExpr, List<Use>> loads = new LinkedHashMap<>();
        for (int r = 0; r < block; r++) {
            IntExpr down = rows().moved(place, Map.of(row.name(), IntExpr.of(r)));
            for (int t = 0; t < moved.size(); t++) {
                loads.computeIfAbsent(down.plus(moved.get(t)), k -> new ArrayList<>())
                        .add(new Use(r, t));
            }
        }
        return loads;
    }

    @Override
    public double cycles(LaneCost cost) {
        return cost.of(this);
    }

    @Override
    public List<Test> guards() {
        return List.of();
    }

    @Override
    public LanePlan plan(LaneCost cost, LanePlan.Site site) {
        return new RollingRows(this, site);
    }

    @Override
    public String because() {
        return "a vector of " + moving.source() + " is loaded once for all rows that read it, and " + still.source()
                + " stays in registers";
    }

    @Override
    public String toString() {
        return "rolling rows " + (dense ? "one behind the other of " : "of ") + moving.source() + " (" + moving.how()
                + ") along " + run.name() + ", numbers of "
                + still.source() + " (" + still.how() + "), blocks of " + block + " " + row.name() + " times "
                + vectors + (vectors == 1 ? " vector" : " vectors");
    }
}
