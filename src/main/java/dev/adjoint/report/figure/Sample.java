package dev.adjoint.report.figure;

import dev.adjoint.eval.Evaluator;
import dev.adjoint.eval.PrimeField;
import dev.adjoint.eval.Source;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Monomial;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Size;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Small sizes at which a layer is drawn. What a size does is read off the place {@code i*S + k*L - P}: it strides,
 * dilates, pads, measures the window or the plane, or has nothing to do with space and is 1 if it may.
 *
 * @param window entries of the window along each axis
 * @param output how many entries of the result are wanted along each axis
 */
record Sample(int window, int stride, int dilation, int padding, int output) {
    private static final long LARGEST = 24;
    private static final long MOST_OTHERS = 4;

    /** What each size of a layer does in space. */
    enum Role {
        WINDOW,
        STRIDE,
        DILATION,
        PADDING,
        PLANE,
        OTHER
    }

    static Map<String, Role> roles(Sliding sliding) {
        Set<String> sizes = new LinkedHashSet<>();
        sliding.layer().sizes().forEach(s -> sizes.add(s.name()));
        Map<String, Role> roles = new LinkedHashMap<>();
        for (Sliding.Axis axis : sliding.axes()) {
            if (axis.window() != null) {
                names(axis.window().extent(), sizes).forEach(s -> roles.putIfAbsent(s, Role.WINDOW));
            }
        }
        for (Sliding.Axis axis : sliding.axes()) {
            String window = axis.window() == null ? "" : axis.window().name();
            places(axis.place(), axis.index(), window, sizes, roles);
        }
        if (sliding.read().pad() == null) {
            roles.replaceAll((size, role) -> role == Role.PADDING ? Role.OTHER : role);
        }
        for (Sliding.Axis axis : sliding.axes()) {
            IntExpr extent = tensor(sliding.layer(), sliding.input()).shape().get(axis.inputAxis());
            names(extent, sizes).stream()
                    .filter(s -> extent.coefficient(s).orElse(1) > 0)
                    .forEach(s -> roles.putIfAbsent(s, Role.PLANE));
        }
        sizes.forEach(s -> roles.putIfAbsent(s, Role.OTHER));
        return roles;
    }

    /** Sizes beside the output's index stride, beside the window's dilate, alone pad. */
    private static void places(IntExpr place, String index, String window, Set<String> sizes, Map<String, Role> roles) {
        for (Monomial monomial : place.terms().keySet()) {
            IntExpr term = IntExpr.of(monomial, 1);
            Role role = term.variables().contains(index)
                    ? Role.STRIDE
                    : term.variables().contains(window) ? Role.DILATION : Role.PADDING;
            for (Atom factor : monomial.factors()) {
                if (factor instanceof Atom.FloorDiv q) {
                    names(q.den(), sizes).forEach(s -> roles.putIfAbsent(s, Role.STRIDE));
                    places(q.num(), index, window, sizes, roles);
                } else {
                    names(IntExpr.of(factor), sizes).forEach(s -> roles.putIfAbsent(s, role));
                }
            }
        }
    }

    private static List<String> names(IntExpr e, Set<String> sizes) {
        return e.variables().stream().filter(sizes::contains).toList();
    }

    private static Tensor tensor(Layer layer, Ref ref) {
        return layer.tensor(ref.name()).orElseThrow();
    }

    /**
     * The sizes, every one of the layer's; the planes as small as they can be for the result that is wanted, or for
     * one as near to it as there is. Empty if the layer allows none of them.
     */
    Optional<Map<String, Long>> sizes(Sliding sliding) {
        Map<String, Role> roles = roles(sliding);
        Map<String, Long> chosen = new LinkedHashMap<>();
        List<String> planes = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Size size : sliding.layer().sizes()) {
            String name = size.name();
            switch (roles.getOrDefault(name, Role.OTHER)) {
                case WINDOW -> chosen.put(name, (long) window);
                case STRIDE -> chosen.put(name, (long) stride);
                case DILATION -> chosen.put(name, (long) dilation);
                case PADDING -> chosen.put(name, (long) padding);
                case PLANE -> planes.add(name);
                case OTHER -> others.add(name);
            }
        }
        for (Map<String, Long> other : combinations(others, MOST_OTHERS)) {
            Map<String, Long> best = null;
            long bestScore = Long.MAX_VALUE;
            for (Map<String, Long> plane : combinations(planes, LARGEST)) {
                if (bestScore == 0) {
                    break;
                }
                Map<String, Long> all = new LinkedHashMap<>();
                for (Size size : sliding.layer().sizes()) {
                    String name = size.name();
                    all.put(name, chosen.getOrDefault(name, plane.getOrDefault(name, other.getOrDefault(name, 1L))));
                }
                long score = allows(sliding.layer(), all) ? distance(sliding, all) : Long.MAX_VALUE;
                if (score < bestScore) {
                    best = all;
                    bestScore = score;
                }
            }
            if (best != null) {
                return Optional.of(best);
            }
        }
        return Optional.empty();
    }

    private static List<Map<String, Long>> combinations(List<String> names, long largest) {
        List<Map<String, Long>> all = List.of(Map.of());
        long last = names.size() <= 2 ? largest : names.size() <= 4 ? Math.min(largest, 4) : 1;
        for (String name : names) {
            List<Map<String, Long>> longer = new ArrayList<>();
            for (Map<String, Long> each : all) {
                for (long v = 1; v <= last; v++) {
                    Map<String, Long> more = new LinkedHashMap<>(each);
                    more.put(name, v);
                    longer.add(more);
                }
            }
            all = longer;
        }
        return all;
    }

    /** How far the result is from what is wanted, over all axes. */
    private long distance(Sliding sliding, Map<String, Long> sizes) {
        Trace trace = new Trace(sliding.layer(), sizes);
        List<Long> shape = trace.shape(sliding.output());
        long sum = 0;
        for (Sliding.Axis axis : sliding.axes()) {
            sum += Math.abs(shape.get(axis.outputAxis()) - output);
        }
        return sum;
    }

    /** Whether the layer's assumptions hold, every axis has an entry and every read lies inside. */
    static boolean allows(Layer layer, Map<String, Long> sizes) {
        Evaluator<Long> evaluator = new Evaluator<>(new PrimeField(1), new Nothing(), sizes);
        for (Tensor tensor : layer.tensors()) {
            for (IntExpr extent : tensor.shape()) {
                if (evaluator.integer(extent, Map.of()) < 1) {
                    return false;
                }
            }
        }
        List<Cond> conditions = new ArrayList<>(layer.assumptions());
        layer.openReads().forEach(r -> conditions.add(r.inside()));
        return conditions.stream().allMatch(c -> evaluator.holds(c, Map.of()));
    }

    private static final class Nothing implements Source<Long> {
        @Override
        public long[] shape(Ref ref) {
            throw new IllegalStateException("an assumption on sizes reads " + ref);
        }

        @Override
        public Long read(Ref ref, long[] index) {
            throw new IllegalStateException("an assumption on sizes reads " + ref);
        }
    }
}
