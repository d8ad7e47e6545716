package dev.adjoint.report.figure;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Gradient;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A layer at sizes at which it is drawn: its planes, and what each entry is made of. */
final class Scene {
    /**
     * One term of an entry, as it is drawn.
     *
     * @param of where each tensor is read, as long as it is one of the drawn planes
     */
    record Hit(Map<Ref, Point> of) {
        @Nullable
        Point at(Ref ref) {
            return of.get(ref);
        }
    }

    final Sliding sliding;
    final Map<String, Long> sizes;
    final Plane input;
    final Plane output;
    final Plane error;
    final @Nullable Plane kernel;
    private final Trace trace;
    private final Map<Ref, Plane> planes = new HashMap<>();

    Scene(Sliding sliding, Map<String, Long> sizes) {
        this.sliding = sliding;
        this.sizes = sizes;
        this.trace = new Trace(sliding.layer(), sizes);
        List<Sliding.Axis> axes = sliding.axes();
        this.input = plane(
                sliding.input(), axes.stream().map(Sliding.Axis::inputAxis).toList());
        this.output = plane(
                sliding.output(), axes.stream().map(Sliding.Axis::outputAxis).toList());
        boolean inner = sliding.layer().outputs().stream()
                .noneMatch(t -> t.name().equals(sliding.output().name()));
        boolean sole = sliding.layer().outputs().size() == 1;
        String name = sliding.output().name();
        this.error = plane(inner ? Ref.grad(name) : Ref.delta(name, sole), output.axes());
        boolean windowed = axes.stream().allMatch(a -> a.weightAxis() >= 0);
        this.kernel = sliding.kernel()
                .filter(k -> windowed)
                .map(k -> plane(k, axes.stream().map(Sliding.Axis::weightAxis).toList()))
                .orElse(null);
    }

    private Plane plane(Ref ref, List<Integer> axes) {
        Plane plane = new Plane(ref, axes, trace.shape(ref));
        planes.put(ref, plane);
        return plane;
    }

    /** The terms of one entry of the result. */
    List<Hit> forward(Point at) {
        return hits(sliding.equation().rhs(), sliding.equation().indices(), output.index(at));
    }

    /** The terms of one entry of a gradient, in one of its forms. */
    List<Hit> backward(Gradient gradient, Expr form, Plane plane, Point at) {
        return hits(form, gradient.indices(), plane.index(at));
    }

    private List<Hit> hits(Expr e, List<Range> indices, List<Long> index) {
        Map<String, Long> at = new HashMap<>();
        for (int k = 0; k < indices.size(); k++) {
            at.put(indices.get(k).name(), index.get(k));
        }
        List<Hit> hits = new ArrayList<>();
        for (List<Access> term : trace.terms(e, at)) {
            Map<Ref, Point> of = new HashMap<>();
            boolean drawn = true;
            for (Access access : term) {
                Plane plane = planes.get(access.ref());
                Optional<Point> point = plane == null ? Optional.empty() : plane.point(access.index());
                drawn &= plane == null || point.isPresent();
                point.ifPresent(p -> of.putIfAbsent(access.ref(), p));
            }
            if (drawn) {
                hits.add(new Hit(of));
            }
        }
        return hits;
    }

    /** Where a plane is read by these terms, its border included. */
    static Set<Point> points(List<Hit> hits, Ref ref) {
        Set<Point> points = new LinkedHashSet<>();
        for (Hit hit : hits) {
            Point point = hit.at(ref);
            if (point != null) {
                points.add(point);
            }
        }
        return points;
    }

    Optional<Gradient> gradient(Derivation derivation, Ref of) {
        return derivation.of(of.name());
    }

    /** {@code H = 5, W = 5}, without what is 1 and has nothing to do with space. */
    String sizesText() {
        Map<String, Sample.Role> roles = Sample.roles(sliding);
        List<String> parts = new ArrayList<>();
        sizes.forEach((name, value) -> {
            if (roles.get(name) != Sample.Role.OTHER || value != 1) {
                parts.add(name + " = " + value);
            }
        });
        return String.join(", ", parts);
    }
}
