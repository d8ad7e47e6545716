package dev.adjoint.build;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostics;
import dev.adjoint.diagnostic.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which plans the classes of one spec have, as a text that stands beside the spec: a line {@code Class.tensor: plan} for
 * each choice, the plan by its name. Comments belong to the line that follows them. Everything that is read is printed
 * again as it was, but for the lines of a class that is tuned and the comments on them that {@link #MEASURED} begins.
 *
 * @param head the comment that the file begins with, up to its first empty line
 * @param end what follows the last line
 */
record PlanRecord(List<String> head, List<Line> lines, List<String> end) {
    /** What a comment begins with that tuning writes. */
    static final String MEASURED = "# measured: ";

    private static final Pattern LINE = Pattern.compile("\\s*([^\\s.:#]+)\\.([^\\s.:#]+):\\s*(\\S.*?)\\s*");

    static final PlanRecord EMPTY = new PlanRecord(List.of(), List.of(), List.of());

    /**
     * A choice.
     *
     * @param above the lines before it that are no choices
     * @param text as it stands in the file
     * @param place of the class, the tensor and the plan
     */
    record Line(String className, String tensor, String plan, List<String> above, String text, Place place) {
        Line {
            above = List.copyOf(above);
        }

        Line under(List<String> lines) {
            return new Line(className, tensor, plan, lines, text, place);
        }
    }

    /** A choice that was measured, and what is said of it. */
    record Found(String tensor, String plan, String measured) {
        private Line line(String className) {
            String text = className + "." + tensor + ": " + plan;
            return new Line(className, tensor, plan, List.of(MEASURED + measured), text, Place.at("", 1, 1));
        }
    }

    PlanRecord {
        head = List.copyOf(head);
        lines = List.copyOf(lines);
        end = List.copyOf(end);
    }

    /**
     * Reads a record.
     *
     * @param shown the file's name in diagnostics
     * @throws AdjointException if a line is no choice and no comment, or chooses a second time
     */
    static PlanRecord parse(String text, String shown) {
        Diagnostics found = new Diagnostics();
        Map<String, Place> taken = new HashMap<>();
        List<String> all = text.lines().toList();
        List<String> head = head(all);
        List<Line> lines = new ArrayList<>();
        List<String> above = new ArrayList<>();
        for (int k = head.size(); k < all.size(); k++) {
            String line = all.get(k);
            if (line.isBlank() || line.stripLeading().startsWith("#")) {
                above.add(line);
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                found.add(PlanTrouble.malformed(
                        place(shown, k + 1, line, 0, line.stripTrailing().length())));
                continue;
            }
            Place place = place(shown, k + 1, line, matcher.start(1), matcher.end(3));
            String what = matcher.group(1) + "." + matcher.group(2);
            Place first = taken.putIfAbsent(what, place);
            if (first != null) {
                found.add(PlanTrouble.twice(what, place, first));
            }
            lines.add(new Line(matcher.group(1), matcher.group(2), matcher.group(3), above, line, place));
            above = new ArrayList<>();
        }
        found.throwIfErrors();
        return new PlanRecord(head, lines, above);
    }

    private static List<String> head(List<String> all) {
        int length = 0;
        while (length < all.size() && all.get(length).startsWith("#")) {
            length++;
        }
        boolean ends = length > 0 && length < all.size() && all.get(length).isBlank();
        return ends ? all.subList(0, length + 1) : List.of();
    }

    private static Place place(String shown, int number, String line, int from, int to) {
        int first = 1 + line.codePointCount(0, from);
        return new Place(shown, number, first, number, Math.max(first, line.codePointCount(0, to)));
    }

    String print() {
        StringBuilder text = new StringBuilder();
        head.forEach(l -> text.append(l).append('\n'));
        for (Line line : lines) {
            line.above().forEach(l -> text.append(l).append('\n'));
            text.append(line.text()).append('\n');
        }
        end.forEach(l -> text.append(l).append('\n'));
        return text.toString();
    }

    /** The choice for a tensor of a class. */
    Optional<Line> of(String className, String tensor) {
        return lines.stream()
                .filter(l -> l.className().equals(className) && l.tensor().equals(tensor))
                .findFirst();
    }

    PlanRecord headed(List<String> lines) {
        return new PlanRecord(lines, this.lines, end);
    }

    /**
     * With other choices for one class. A choice that is as it was stays as it is, with its comments; of other lines of
     * the class those comments stay that nobody measured.
     *
     * @param tensors all those of the class that have a choice, in its order; what is said of others goes
     * @param classes all those of the spec, in its order
     */
    PlanRecord with(String className, List<Found> found, List<String> tensors, List<String> classes) {
        Map<String, Found> byTensor = new HashMap<>();
        found.forEach(f -> byTensor.put(f.tensor(), f));
        List<Line> own = new ArrayList<>();
        List<String> left = new ArrayList<>();
        lines.stream()
                .filter(l -> l.className().equals(className) && !tensors.contains(l.tensor()))
                .forEach(l -> left.addAll(kept(l)));
        for (String tensor : tensors) {
            Optional<Line> before = of(className, tensor);
            Optional<Found> now = Optional.ofNullable(byTensor.get(tensor));
            if (before.isPresent()
                    && now.map(n -> n.plan().equals(before.get().plan())).orElse(true)) {
                own.add(before.get());
            } else if (now.isPresent()) {
                Line line = now.get().line(className);
                List<String> above =
                        new ArrayList<>(before.map(PlanRecord::kept).orElse(List.of()));
                above.addAll(line.above());
                own.add(line.under(above));
            }
        }
        List<Line> others =
                lines.stream().filter(l -> !l.className().equals(className)).toList();
        int at = position(className, classes);
        List<Line> all = new ArrayList<>(others.subList(0, at));
        all.addAll(own);
        all.addAll(others.subList(at, others.size()));
        left.removeIf(String::isBlank);
        List<String> after = new ArrayList<>(left);
        after.addAll(end);
        return new PlanRecord(head, apart(all, className), after);
    }

    /** How many lines of other classes stand before those of a class. */
    private int position(String className, List<String> classes) {
        int before = 0;
        for (Line line : lines) {
            if (line.className().equals(className)) {
                return before;
            }
            before++;
        }
        List<String> later = classes.subList(classes.indexOf(className) + 1, classes.size());
        for (int k = 0; k < lines.size(); k++) {
            if (later.contains(lines.get(k).className())) {
                return k;
            }
        }
        return lines.size();
    }

    private static List<String> kept(Line line) {
        return line.above().stream().filter(l -> !l.startsWith(MEASURED)).toList();
    }

    /** An empty line between a class and its neighbours. */
    private static List<Line> apart(List<Line> lines, String className) {
        List<Line> apart = new ArrayList<>();
        for (Line line : lines) {
            String before = apart.isEmpty()
                    ? line.className()
                    : apart.get(apart.size() - 1).className();
            boolean begins = !before.equals(line.className())
                    && (before.equals(className) || line.className().equals(className));
            if (begins && line.above().stream().noneMatch(String::isBlank)) {
                List<String> above = new ArrayList<>(List.of(""));
                above.addAll(line.above());
                apart.add(line.under(above));
            } else {
                apart.add(line);
            }
        }
        return apart;
    }
}
