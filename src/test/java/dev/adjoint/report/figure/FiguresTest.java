package dev.adjoint.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.derive.Derive;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Specs;
import dev.adjoint.report.figure.Figure.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every figure shows what is so: each marked cell, each label and each region, against brute force on the equation. */
class FiguresTest {
    private static final Set<Kind> OF_A_CONVOLUTION = EnumSet.complementOf(EnumSet.of(Kind.ROUTING));
    private static final Set<Kind> OF_POOLING = EnumSet.of(Kind.FORWARD, Kind.REGION, Kind.ROUTING);

    static Stream<Layer> library() throws IOException {
        List<Layer> layers = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("specs"))) {
            for (Path file : files.sorted().toList()) {
                layers.addAll(Specs.load(file, Importers.library()).layers());
            }
        }
        return layers.stream();
    }

    @ParameterizedTest
    @MethodSource("library")
    void figuresOfTheLibraryShowWhatIsSo(Layer layer) {
        check(layer);
    }

    @Test
    void layersThatSlideAWindowHaveTheirFigures() throws IOException {
        Map<String, Set<Kind>> kinds = new HashMap<>();
        library().forEach(layer -> kinds.put(layer.name(), kinds(layer)));
        assertThat(kinds)
                .containsEntry("Correlation", OF_A_CONVOLUTION)
                .containsEntry("Convolution", OF_A_CONVOLUTION)
                .containsEntry("Conv2d", OF_A_CONVOLUTION)
                .containsEntry("MaxPool2d", OF_POOLING)
                .containsEntry("AvgPool2d", OF_POOLING)
                .containsEntry("L2Pool2d", OF_POOLING)
                .containsEntry("Dense", Set.of())
                .containsEntry("SoftmaxCrossEntropy", Set.of())
                .containsEntry("Relu", Set.of());
    }

    @Test
    void everyWayToSlideIsShown() throws IOException {
        Layer conv =
                library().filter(l -> l.name().equals("Conv2d")).findFirst().orElseThrow();
        List<List<Long>> shown = Figures.of(Derive.derive(conv)).stream()
                .filter(f -> f.kind() == Kind.FORWARD)
                .map(f -> List.of(
                        f.sizes().get("S"), f.sizes().get("P"), f.sizes().get("L")))
                .toList();
        assertThat(shown)
                .as("stride, padding and dilation of the sweeps")
                .containsExactly(List.of(1L, 0L, 1L), List.of(1L, 1L, 1L), List.of(2L, 1L, 1L), List.of(1L, 0L, 2L));
    }

    private static final String RANDOM_AXES = "random layers";

    @ParameterizedTest(name = RANDOM_AXES + ", seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void figuresOfRandomLayersShowWhatIsSo(long seed) {
        String text = random(new Random(seed));
        Layer layer =
                Specs.parse("random.layer", text, Importers.library()).layers().get(0);
        assertThat(kinds(layer)).as("%s, seed %d", text, seed).contains(Kind.FORWARD, Kind.REGION);
        check(layer);
    }

    /** A convolution or a pooling over one or two axes, strided, dilated, padded, flipped, with or without channels. */
    private static String random(Random random) {
        boolean weighted = random.nextInt(3) > 0;
        boolean channels = random.nextBoolean();
        int dimensions = 1 + random.nextInt(2);
        List<String> places = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        List<String> windows = new ArrayList<>();
        List<String> kernel = new ArrayList<>();
        List<String> planes = new ArrayList<>();
        List<String> extents = new ArrayList<>();
        int padding = random.nextInt(2);
        for (int k = 0; k < dimensions; k++) {
            int stride = 1 + random.nextInt(2);
            int dilation = 1 + random.nextInt(2);
            int window = 1 + random.nextInt(3);
            boolean flipped = random.nextBoolean();
            String i = List.of("i", "j").get(k);
            String m = List.of("m", "n").get(k);
            String h = List.of("H", "W").get(k);
            int reach = dilation * (window - 1);
            places.add(i + "*" + stride + (flipped ? "+" + reach + "-" : "+") + dilation + "*" + m + "-" + padding);
            outputs.add(i + " < (" + h + "+" + (2 * padding - reach - 1) + ") div " + stride + " + 1");
            windows.add(m + " < " + window);
            kernel.add(m);
            extents.add(String.valueOf(window));
            planes.add(h);
        }
        String front = channels ? "c, " : "";
        String read = "o[" + front + String.join(", ", places) + "]";
        String padded = padding > 0 ? "pad(" + read + ")" : read;
        String sizes = (channels ? "C, D, " : "") + String.join(", ", planes);
        String input = "input o[" + (channels ? "C, " : "") + String.join(", ", planes) + "]";
        String assumed = planes.stream().map(h -> "assume " + h + " >= 7").collect(Collectors.joining(" "));
        if (weighted) {
            String weights = "param w[" + (channels ? "D, C, " : "") + String.join(", ", extents) + "]";
            String output = "output x[" + (channels ? "d < D, " : "") + String.join(", ", outputs) + "]";
            String w = "w[" + (channels ? "d, c, " : "") + String.join(", ", kernel) + "]";
            String range = (channels ? "c < C, " : "") + String.join(", ", windows);
            return "layer R[" + sizes + "] { " + assumed + " " + input + " " + weights + " " + output + " = sum["
                    + range + "](" + w + " * " + padded + ") }";
        }
        String output = "output x[" + (channels ? "c < C, " : "") + String.join(", ", outputs) + "]";
        String reduction = padding == 0 && random.nextBoolean() ? "max" : "sum";
        return "layer R[" + sizes.replace("D, ", "") + "] { " + assumed + " " + input + " " + output + " = " + reduction
                + "[" + String.join(", ", windows) + "](" + padded + ") }";
    }

    private static Set<Kind> kinds(Layer layer) {
        return Figures.of(Derive.derive(layer)).stream().map(Figure::kind).collect(Collectors.toSet());
    }

    private static void check(Layer layer) {
        for (Figure figure : Figures.of(Derive.derive(layer))) {
            Brute brute = new Brute(layer, figure.result(), figure.sizes());
            for (Panel panel : figure.panels()) {
                String what = layer.name() + ", " + figure.title() + ", " + panel.title() + ", for " + figure.sizes();
                switch (figure.kind()) {
                    case FORWARD -> sweep(brute, panel, what);
                    case RECEPTIVE_FIELD -> receptiveField(brute, panel, what);
                    case KERNEL, ERROR -> flipped(panel, what);
                    case ONE_WEIGHT -> oneWeight(brute, panel, what);
                    case WEIGHT_GRADIENT -> weightGradient(brute, panel, what);
                    case REGION -> region(brute, panel, what);
                    case INPUT_GRADIENT -> inputGradient(brute, panel, what);
                    case ROUTING -> routing(brute, panel, what);
                }
            }
        }
    }

    private static Point only(Set<Point> points, String what) {
        assertThat(points).as(what + ": one cell is marked").hasSize(1);
        return points.iterator().next();
    }

    private static void sweep(Brute brute, Panel panel, String what) {
        Drawn in = Drawn.of(panel.grids().get(0), brute.layer());
        Drawn out = Drawn.of(panel.grids().get(1), brute.layer());
        Point at = only(out.outlined("what it gives"), what);
        Set<Point> seen = in.points().stream()
                .filter(p -> brute.depends(out.index(at), in.tensor(), in.index(p)))
                .collect(Collectors.toSet());
        assertThat(in.outlined("the window"))
                .as(what + ": what " + at + " depends on")
                .isEqualTo(seen);
        assertThat(in.coloured().keySet()).as(what + ": what is coloured").isEqualTo(seen);
    }

    private static void receptiveField(Brute brute, Panel panel, String what) {
        Drawn in = Drawn.of(panel.grids().get(0), brute.layer());
        Drawn kernel = Drawn.of(panel.grids().get(1), brute.layer());
        Drawn out = Drawn.of(panel.grids().get(2), brute.layer());
        Point at = only(out.outlined("the unit"), what);
        Map<Point, String> expected = new LinkedHashMap<>();
        for (Point pixel : in.points()) {
            for (Point weight : kernel.points()) {
                if (brute.multiplies(
                        out.index(at), in.tensor(), in.index(pixel), kernel.tensor(), kernel.index(weight))) {
                    expected.put(
                            pixel,
                            Drawn.label(kernel.tensor(), weight, kernel.axes().size() == 1));
                }
            }
        }
        assertThat(in.coloured()).as(what + ": which weight meets which pixel").isEqualTo(expected);
        assertThat(in.outlined("the receptive field")).as(what).isEqualTo(expected.keySet());
        Map<String, Integer> hues = new HashMap<>();
        kernel.grid().cells().forEach(c -> hues.put(c.label().text(), c.hue()));
        in.grid()
                .cells()
                .forEach(c -> assertThat(c.hue())
                        .as(what + ": the colour of " + c.label().text())
                        .isEqualTo(hues.get(c.label().text())));
    }

    private static void flipped(Panel panel, String what) {
        Grid plain = panel.grids().get(0);
        Grid flipped = panel.grids().get(1);
        Map<Point, Grid.Cell> there = new HashMap<>();
        flipped.cells().forEach(c -> there.put(c.point(), c));
        assertThat(plain.cells()).as(what).hasSize(plain.rows() * plain.columns());
        for (Grid.Cell cell : plain.cells()) {
            Point turned = new Point(
                    plain.rows() - 1 - cell.point().row(),
                    plain.columns() - 1 - cell.point().column());
            assertThat(there.get(turned))
                    .as(what + ": " + cell.point() + " rotated by 180°")
                    .isEqualTo(new Grid.Cell(turned, cell.hue(), cell.label(), false));
        }
    }

    private static void oneWeight(Brute brute, Panel panel, String what) {
        Drawn kernel = Drawn.of(panel.grids().get(0), brute.layer());
        Drawn in = Drawn.of(panel.grids().get(1), brute.layer());
        Drawn out = Drawn.of(panel.grids().get(2), brute.layer());
        Point weight = only(kernel.outlined("the weight"), what);
        Map<Point, String> expected = new LinkedHashMap<>();
        Set<Point> read = new LinkedHashSet<>();
        for (Point at : out.points()) {
            for (Point pixel : in.points()) {
                if (brute.multiplies(
                        out.index(at), in.tensor(), in.index(pixel), kernel.tensor(), kernel.index(weight))) {
                    expected.put(at, Drawn.label(in.tensor(), pixel, in.axes().size() == 1));
                    read.add(pixel);
                }
            }
        }
        Map<Point, String> drawn = out.coloured();
        // Where the weight meets the border, the cell names no entry of the input.
        drawn.values().removeIf(label -> label.contains("−") || label.contains("-"));
        expected.forEach(
                (at, label) -> assertThat(drawn).as(what + ": its derivative").containsEntry(at, label));
        assertThat(in.outlined("what the weight is multiplied with")).as(what).isEqualTo(read);
    }

    private static void weightGradient(Brute brute, Panel panel, String what) {
        Drawn in = Drawn.of(panel.grids().get(0), brute.layer());
        Drawn kernel = Drawn.of(panel.grids().get(1), brute.layer());
        Point weight = only(kernel.outlined("the entry that this gives"), what);
        Map<Point, String> expected = new LinkedHashMap<>();
        for (Point pixel : in.points()) {
            for (List<Long> at : outputs(brute)) {
                if (brute.multiplies(at, in.tensor(), in.index(pixel), kernel.tensor(), kernel.index(weight))) {
                    expected.put(pixel, error(at, in.axes().size()));
                }
            }
        }
        assertThat(in.coloured()).as(what + ": which error lies on which pixel").isEqualTo(expected);
    }

    /** The places of the drawn plane of the output: at 0 of all other axes, the spatial ones being the last. */
    private static List<List<Long>> outputs(Brute brute) {
        long[] shape = brute.shape(brute.output());
        List<List<Long>> all = new ArrayList<>(List.of(List.of()));
        for (int axis = 0; axis < shape.length; axis++) {
            boolean channel = shape[axis] == 1 || axis < shape.length - 2;
            List<List<Long>> longer = new ArrayList<>();
            for (List<Long> each : all) {
                for (long k = 0; k < (channel ? 1 : shape[axis]); k++) {
                    List<Long> more = new ArrayList<>(each);
                    more.add(k);
                    longer.add(more);
                }
            }
            all = longer;
        }
        return all;
    }

    private static String error(List<Long> at, int dimensions) {
        List<Long> last = at.subList(at.size() - dimensions, at.size());
        return "δ" + last.stream().map(String::valueOf).collect(Collectors.joining());
    }

    private static void region(Brute brute, Panel panel, String what) {
        Drawn in = Drawn.of(panel.grids().get(0), brute.layer());
        Drawn out = Drawn.of(panel.grids().get(1), brute.layer());
        Point pixel = only(in.outlined("the pixel"), what);
        Set<Point> reached = out.points().stream()
                .filter(at -> brute.depends(out.index(at), in.tensor(), in.index(pixel)))
                .collect(Collectors.toSet());
        assertThat(out.outlined("Q"))
                .as(what + ": the outputs that read the pixel")
                .isEqualTo(reached);
        assertThat(out.grid().outlines()).as(what + ": dashed").allMatch(Grid.Outline::dashed);
    }

    private static void inputGradient(Brute brute, Panel panel, String what) {
        Drawn error = Drawn.of(panel.grids().get(0), brute.layer());
        Drawn in = Drawn.of(panel.grids().get(1), brute.layer());
        Point pixel = only(in.outlined("the entry that this gives"), what);
        Drawn kernel = kernel(brute);
        Map<Point, String> expected = new LinkedHashMap<>();
        for (Point at : error.points()) {
            for (Point weight : kernel.points()) {
                if (brute.multiplies(
                        error.index(at), in.tensor(), in.index(pixel), kernel.tensor(), kernel.index(weight))) {
                    expected.put(
                            at,
                            Drawn.label(kernel.tensor(), weight, kernel.axes().size() == 1));
                }
            }
        }
        assertThat(error.coloured())
                .as(what + ": which weight lies on which error")
                .isEqualTo(expected);
    }

    private static Drawn kernel(Brute brute) {
        return Figures.of(Derive.derive(brute.layer())).stream()
                .filter(f -> f.kind() == Kind.RECEPTIVE_FIELD && f.result().equals(brute.output()))
                .map(f -> Drawn.of(f.panels().get(0).grids().get(1), brute.layer()))
                .findFirst()
                .orElseThrow();
    }

    private static void routing(Brute brute, Panel panel, String what) {
        boolean forward = panel.title().equals("Forward");
        Drawn first = Drawn.of(panel.grids().get(0), brute.layer());
        Drawn second = Drawn.of(panel.grids().get(1), brute.layer());
        if (forward) {
            Map<List<Long>, Double> numbers = new HashMap<>();
            first.grid()
                    .cells()
                    .forEach(c ->
                            numbers.put(first.index(c.point()), number(c.label().text())));
            Brute.Data data = new Brute.Data(0, Map.of(first.tensor(), numbers));
            for (Grid.Cell cell : second.grid().cells()) {
                assertThat(number(cell.label().text()))
                        .as(what + ": the value of " + second.index(cell.point()))
                        .isCloseTo(
                                brute.value(second.index(cell.point()), data),
                                org.assertj.core.data.Offset.offset(0.0051));
            }
            return;
        }
        // The shares of one error, over all entries of the input, are the derivatives of its window's value; of a
        // maximum, a mean and a norm these are 1 in all, 1 in all, and 1 as a sum of squares.
        Map<String, List<Double>> shares = new HashMap<>();
        for (Grid.Cell cell : second.grid().cells()) {
            for (String part : cell.label().text().replace("\n", "").split("\\+")) {
                if (part.contains("δ")) {
                    String factor = part.substring(0, part.indexOf('δ'));
                    shares.computeIfAbsent(part.substring(part.indexOf('δ')), k -> new ArrayList<>())
                            .add(factor.isEmpty() ? 1 : number(factor));
                }
            }
        }
        assertThat(shares.keySet())
                .as(what + ": every error goes somewhere")
                .isEqualTo(
                        first.grid().cells().stream().map(c -> c.label().text()).collect(Collectors.toSet()));
        shares.forEach((error, parts) -> {
            double norm = parts.stream().mapToDouble(x -> x * x).sum();
            boolean one = parts.equals(List.of(1.0));
            boolean even = new LinkedHashSet<>(parts).size() == 1;
            assertThat(one || even || Math.abs(norm - 1) < 0.05)
                    .as(what + ": the shares of " + error + ", " + parts)
                    .isTrue();
        });
    }

    private static double number(String text) {
        String plain = text.replace("−", "-");
        int slash = plain.indexOf('/');
        return slash < 0
                ? Double.parseDouble(plain)
                : Double.parseDouble(plain.substring(0, slash)) / Double.parseDouble(plain.substring(slash + 1));
    }
}
