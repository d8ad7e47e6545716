package dev.adjoint.report.figure;

import dev.adjoint.derive.Derivation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All figures of a layer. */
public final class Figures {
    /** Planes longer than this are not drawn. */
    private static final int LONGEST = 32;

    private Figures() {}

    /**
     * The figures of a layer that slides a window over one or two axes; none of any other, nor where places depend on
     * data.
     */
    public static List<Figure> of(Derivation derivation) {
        List<Figure> figures = new ArrayList<>();
        List<Sliding> all = Sliding.of(derivation.layer());
        for (Sliding sliding : all) {
            try {
                for (Figure figure : new Choice(sliding, derivation).figures(sliding == all.get(0))) {
                    boolean several = all.size() > 1;
                    figures.add(several ? figure.titled(figure.title() + ", for " + figure.result()) : figure);
                }
            } catch (Trace.Untraceable e) {
                // Its places depend on data: there is nothing that could be drawn for all of them.
                continue;
            }
        }
        return List.copyOf(figures);
    }

    /** At which sizes a layer is drawn, and what. */
    private static final class Choice {
        private final Sliding sliding;
        private final Derivation derivation;
        private final Set<Sample.Role> roles;

        Choice(Sliding sliding, Derivation derivation) {
            this.sliding = sliding;
            this.derivation = derivation;
            this.roles = new LinkedHashSet<>(Sample.roles(sliding).values());
        }

        /** @param first whether this is the layer's first; of a later one there is what differs */
        List<Figure> figures(boolean first) {
            int padding = roles.contains(Sample.Role.PADDING) ? 1 : 0;
            boolean weighted = sliding.weights() != null;
            Optional<Scene> plain = weighted ? scene(new Sample(3, 1, 1, 0, 3)) : scene(new Sample(2, 2, 1, 0, 3));
            if (plain.isEmpty()) {
                return List.of();
            }
            Scene main = plain.get();
            List<Figure> figures = new ArrayList<>();
            if (main.kernel != null) {
                WeightFigures weights = new WeightFigures(main, derivation);
                weights.receptiveField().ifPresent(figures::add);
                if (first) {
                    weights.kernel().ifPresent(figures::add);
                    sweeps(padding, true).forEach(figures::add);
                    weights.oneWeight().ifPresent(figures::add);
                    weights.error().ifPresent(figures::add);
                    weights.gradient().ifPresent(figures::add);
                }
            } else {
                sweeps(padding, false).forEach(figures::add);
            }
            scene(weighted ? new Sample(3, 1, 1, 0, 5) : new Sample(3, 2, 1, padding, 3))
                    .ifPresent(scene -> {
                        InputFigures inputs = new InputFigures(scene, derivation);
                        inputs.region().ifPresent(figures::add);
                    });
            if (main.kernel != null) {
                new InputFigures(main, derivation).gradient().ifPresent(figures::add);
            } else {
                routings(padding).forEach(figures::add);
            }
            return figures;
        }

        /** The window at each place, for each way in which the layer can slide it. */
        private List<Figure> sweeps(int padding, boolean weighted) {
            Map<String, Sample> samples = new LinkedHashMap<>();
            if (weighted) {
                samples.put("", new Sample(3, 1, 1, 0, 3));
                if (padding > 0) {
                    samples.put("a border of 1", new Sample(3, 1, 1, 1, 3));
                }
                if (roles.contains(Sample.Role.STRIDE)) {
                    samples.put(
                            padding > 0 ? "stride 2 and a border of 1" : "stride 2", new Sample(3, 2, 1, padding, 3));
                }
                if (roles.contains(Sample.Role.DILATION)) {
                    samples.put("dilation 2", new Sample(3, 1, 2, 0, 3));
                }
            } else {
                samples.put("", new Sample(2, 2, 1, 0, 3));
                if (roles.contains(Sample.Role.STRIDE)) {
                    samples.put("overlapping windows", new Sample(3, 2, 1, padding, 3));
                }
            }
            Map<Map<String, Long>, Figure> figures = new LinkedHashMap<>();
            samples.forEach((how, sample) -> scene(sample)
                    .ifPresent(scene -> figures.computeIfAbsent(
                            scene.sizes, sizes -> new SweepFigure(scene).of(samples.size() > 1 ? how : ""))));
            return List.copyOf(figures.values());
        }

        private List<Figure> routings(int padding) {
            Map<Map<String, Long>, Figure> figures = new LinkedHashMap<>();
            for (Sample sample : List.of(new Sample(2, 2, 1, 0, 2), new Sample(3, 2, 1, padding, 3))) {
                scene(sample)
                        .ifPresent(scene -> new RoutingFigure(scene, derivation)
                                .of()
                                .ifPresent(figure -> figures.putIfAbsent(scene.sizes, figure)));
            }
            return List.copyOf(figures.values());
        }

        /** The layer at these sizes; nothing if it does not allow them or is too large to be drawn. */
        private Optional<Scene> scene(Sample sample) {
            return sample.sizes(sliding)
                    .map(sizes -> new Scene(sliding, sizes))
                    .filter(s -> isDrawable(s.input) && isDrawable(s.output));
        }

        private static boolean isDrawable(Plane plane) {
            return plane.rows() <= LONGEST && plane.columns() <= LONGEST;
        }
    }
}
