package dev.adjoint.report.math;

import dev.adjoint.report.math.MathNode.Mark;
import dev.adjoint.report.math.MathNode.Op;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What differs between a formula and the one that came of it: the smallest parts, each named by its path from the
 * root, outside of which both say the same. Items of a row are compared as a set: factors that only changed places
 * have not changed.
 *
 * @param before the parts of the first that are not in the second
 * @param after the parts of the second that are not in the first
 */
public record Change(Set<List<Integer>> before, Set<List<Integer>> after) {
    private static final Comparator<List<Integer>> ORDER = Comparator.comparing(
            path -> path.stream().map(String::valueOf).toList().toString());

    public static final Change NONE = new Change(Set.of(), Set.of());

    public static Change between(MathNode before, MathNode after) {
        Change change = new Change(new TreeSet<>(ORDER), new TreeSet<>(ORDER));
        change.compare(before, List.of(), after, List.of());
        return change;
    }

    /** This, where all that happened is that a part went: nothing came. */
    public Change vanishing(MathNode node, MathNode part) {
        Set<List<Integer>> places = new TreeSet<>(ORDER);
        find(node, part, List.of(), places);
        return new Change(places.isEmpty() ? before : places, Set.of());
    }

    private static void find(MathNode node, MathNode part, List<Integer> at, Set<List<Integer>> places) {
        if (node.equals(part)) {
            places.add(at);
            return;
        }
        List<MathNode> children = node.children();
        List<MathNode> items = part instanceof MathNode.Row row ? row.items() : List.of(part);
        int run = node instanceof MathNode.Row ? java.util.Collections.indexOfSubList(children, items) : -1;
        for (int k = 0; k < children.size(); k++) {
            if (run >= 0 && k >= run && k < run + items.size()) {
                places.add(with(at, k));
            } else {
                find(children.get(k), part, with(at, k), places);
            }
        }
    }

    /** The formula with what came into it and what is about to leave it marked. */
    public static MathNode marked(MathNode node, Set<List<Integer>> came, Set<List<Integer>> leaves) {
        return marked(node, List.of(), came, leaves);
    }

    private void compare(MathNode a, List<Integer> atA, MathNode b, List<Integer> atB) {
        if (a.equals(b)) {
            return;
        }
        List<MathNode> left = a.children();
        List<MathNode> right = b.children();
        if (!isComparable(a, b)) {
            differ(atA, atB);
            return;
        }
        if (!isList(a)) {
            for (int k = 0; k < left.size(); k++) {
                compare(left.get(k), with(atA, k), right.get(k), with(atB, k));
            }
            return;
        }
        boolean[] metLeft = new boolean[left.size()];
        boolean[] metRight = new boolean[right.size()];
        pair(left, metLeft, right, metRight, MathNode::equals, (i, j) -> {});
        if (nothingMet(left, metLeft) && nothingMet(right, metRight) && left.size() + right.size() > 4) {
            boolean related = left.stream().anyMatch(x -> right.stream().anyMatch(y -> isAlike(x, y)));
            if (!related) {
                differ(atA, atB);
                return;
            }
        }
        pair(
                left,
                metLeft,
                right,
                metRight,
                Change::isAlike,
                (i, j) -> compare(left.get(i), with(atA, i), right.get(j), with(atB, j)));
        rest(left, metLeft, atA, before);
        rest(right, metRight, atB, after);
    }

    private void differ(List<Integer> atA, List<Integer> atB) {
        before.add(atA);
        after.add(atB);
    }

    private static boolean nothingMet(List<MathNode> items, boolean[] met) {
        for (int k = 0; k < met.length; k++) {
            if (met[k] && !(items.get(k) instanceof Op)) {
                return false;
            }
        }
        return true;
    }

    private static void rest(List<MathNode> items, boolean[] met, List<Integer> at, Set<List<Integer>> parts) {
        for (int k = 0; k < met.length; k++) {
            if (!met[k] && !(items.get(k) instanceof Op)) {
                parts.add(with(at, k));
            }
        }
    }

    private interface Likeness {
        boolean holds(MathNode a, MathNode b);
    }

    private interface Pairing {
        void met(int i, int j);
    }

    private static void pair(
            List<MathNode> left,
            boolean[] metLeft,
            List<MathNode> right,
            boolean[] metRight,
            Likeness likeness,
            Pairing pairing) {
        for (int i = 0; i < left.size(); i++) {
            for (int j = 0; j < right.size() && !metLeft[i]; j++) {
                if (!metRight[j] && likeness.holds(left.get(i), right.get(j))) {
                    metLeft[i] = true;
                    metRight[j] = true;
                    pairing.met(i, j);
                }
            }
        }
    }

    /** Whether children may be set against children. */
    private static boolean isComparable(MathNode a, MathNode b) {
        return isAlike(a, b) || a instanceof MathNode.Row && b instanceof MathNode.Row;
    }

    private static boolean isList(MathNode node) {
        return node instanceof MathNode.Row || node instanceof MathNode.Big;
    }

    /** Whether one may have come of the other by a change inside. */
    private static boolean isAlike(MathNode a, MathNode b) {
        if (!a.getClass().equals(b.getClass())) {
            return false;
        }
        if (a instanceof MathNode.Index x && b instanceof MathNode.Index y) {
            return x.base().equals(y.base())
                    && x.indices().size() == y.indices().size();
        }
        if (a instanceof MathNode.Big x && b instanceof MathNode.Big y) {
            return x.symbol().equals(y.symbol());
        }
        if (a instanceof MathNode.Fence x && b instanceof MathNode.Fence y) {
            return x.open().equals(y.open()) && !x.open().equals("[");
        }
        if (a instanceof MathNode.Fraction x && b instanceof MathNode.Fraction y) {
            return x.below().equals(y.below()) || x.above().equals(y.above());
        }
        boolean sameSize = a.children().size() == b.children().size();
        return sameSize && (a instanceof MathNode.Root || a instanceof MathNode.Power || a instanceof MathNode.Cases);
    }

    private static List<Integer> with(List<Integer> path, int k) {
        List<Integer> longer = new ArrayList<>(path);
        longer.add(k);
        return List.copyOf(longer);
    }

    private static MathNode marked(
            MathNode node, List<Integer> at, Set<List<Integer>> came, Set<List<Integer>> leaves) {
        MathNode inside = node;
        if (!node.children().isEmpty()) {
            List<MathNode> children = new ArrayList<>();
            for (int k = 0; k < node.children().size(); k++) {
                children.add(marked(node.children().get(k), with(at, k), came, leaves));
            }
            inside = node.with(node instanceof MathNode.Row ? joined(children) : children);
        }
        if (leaves.contains(at)) {
            inside = new MathNode.Marked(Mark.OLD, inside);
        }
        return came.contains(at) ? new MathNode.Marked(Mark.NEW, inside) : inside;
    }

    /** Neighbours with the same mark, and the operators between them, get one mark. */
    static List<MathNode> joined(List<MathNode> items) {
        List<MathNode> all = new ArrayList<>();
        for (int k = 0; k < items.size(); ) {
            if (!(items.get(k) instanceof MathNode.Marked first)) {
                all.add(items.get(k++));
                continue;
            }
            List<MathNode> run = new ArrayList<>(List.of(first.inside()));
            int end = k + 1;
            for (int next = end; next < items.size(); next++) {
                MathNode item = items.get(next);
                if (item instanceof MathNode.Marked m && m.mark() == first.mark()) {
                    run.addAll(items.subList(end, next));
                    run.add(m.inside());
                    end = next + 1;
                } else if (!(item instanceof Op)) {
                    break;
                }
            }
            all.add(run.size() == 1 ? first : new MathNode.Marked(first.mark(), Formulas.row(run)));
            k = end;
        }
        return all;
    }
}
