package dev.adjoint.plan;

import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Place;
import dev.adjoint.loop.Routine;
import dev.adjoint.loop.Scopes;
import dev.adjoint.loop.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The summed indices of a contraction as one: tap t stands for the t-th combination of their values in row-major order,
 * so that one loop with a fixed number of rounds goes through all of them.
 */
record Taps(List<Range> ranges) {
    /** The same in the order in which a place moves: what moves it least varies fastest. */
    Taps along(Place place) {
        List<Range> ordered = new ArrayList<>(ranges);
        for (Range range : ranges) {
            if (!place.stride(range.name()).map(IntExpr::isConstant).orElse(false)) {
                return this;
            }
        }
        ordered.sort(Comparator.comparingLong((Range r) ->
                        Math.abs(place.stride(r.name()).orElseThrow().constant()))
                .reversed());
        return new Taps(ordered);
    }

    /** How many there are. */
    IntExpr count() {
        return ranges.stream().map(Range::extent).reduce(IntExpr.ONE, IntExpr::times);
    }

    /** The number of a tap, over the summed indices. */
    IntExpr number() {
        IntExpr number = IntExpr.ZERO;
        for (Range range : ranges) {
            number = number.times(range.extent()).plus(range.index().minus(range.lo()));
        }
        return number;
    }

    /** How far each tap moves a place from the first one; empty if these are no multiples of one number. */
    Optional<IntExpr> stride(Place place) {
        IntExpr unit = IntExpr.ZERO;
        IntExpr expected = null;
        for (int k = ranges.size() - 1; k >= 0; k--) {
            Range range = ranges.get(k);
            if (range.extent().equals(IntExpr.ONE)) {
                continue;
            }
            Optional<IntExpr> stride = place.stride(range.name());
            if (stride.isEmpty() || expected != null && !stride.get().equals(expected)) {
                return Optional.empty();
            }
            unit = expected == null ? stride.get() : unit;
            expected = stride.get().times(range.extent());
        }
        return Optional.of(unit);
    }

    /** The place of the first tap. */
    Place first(Buffer buffer, IntExpr at) {
        Map<String, IntExpr> values = new HashMap<>();
        ranges.forEach(r -> values.put(r.name(), r.lo()));
        return new Place(buffer, at.substitute(values));
    }

    /** {@code table[t] = } how far tap t moves the place. */
    Routine fill(String name, Buffer table, Place place, Scopes names) {
        Map<String, IntExpr> locals = new LinkedHashMap<>();
        List<String> entered = new ArrayList<>();
        IntExpr tap = IntExpr.ZERO;
        for (Range range : ranges) {
            String local = names.enter(range.name().replace("$", ""));
            entered.add(local);
            locals.put(range.name(), IntExpr.var(local).plus(range.lo()));
            tap = tap.times(range.extent()).plus(IntExpr.var(local));
        }
        IntExpr moved = place.at()
                .substitute(locals)
                .minus(first(place.buffer(), place.at()).at());
        Step step = new Step.StoreInt(table, tap, moved);
        for (int k = ranges.size() - 1; k >= 0; k--) {
            step = Step.loop(entered.get(k), IntExpr.ZERO, ranges.get(k).extent(), step);
        }
        entered.forEach(names::leave);
        return new Routine(
                name,
                List.of("How far each tap moves the place in " + place.buffer() + "."),
                List.of(table),
                List.of(),
                step);
    }
}
