package dev.adjoint.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Specs;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Routine;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.StepRewriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A fault in one statement of a plan, of each kind, is seen where the plan is run exactly. */
class PlantedPlanFaultsTest {
    private static final long SEED = 5;
    private static final int SITES = 8;
    private static final int LANES = 4;

    /** Such sizes that no run ends in entries that nobody reads. */
    private static final String RUNS = " in long runs";

    /** What is done to one statement. */
    private enum Fault {
        LOOP_STARTS_LATE,
        LOOP_ENDS_EARLY,
        STORE_BESIDE,
        LOAD_BESIDE,
        COPY_FROM_BESIDE,
        COPY_TO_BESIDE,
        COPY_TOO_SHORT,
        FILLED_WITH_ONE_MORE,
        SUM_STARTS_AT_ONE,
        SUM_FORGETS_WHAT_IT_WAS,
        FACTOR_DROPPED,
        TERM_SUBTRACTED,
        LANES_BESIDE,
        STRIDE_OF_ONE_MORE,
        ROWS_FURTHER_APART,
        MASK_NEGATED,
        VECTORS_EXCHANGED,
        LANES_OF_SUM_FORGOTTEN,
        LANES_LEFT_BRAIDED,
        SIDES_EXCHANGED
    }

    @Test
    void aFaultOfEachKindIsSeen() {
        Map<Fault, Integer> seen = new EnumMap<>(Fault.class);
        List<String> unseen = new ArrayList<>();
        int planted = 0;
        Random random = new Random(SEED);
        for (String statement : List.of(
                "Conv2d[C = 2, H = 9, W = 13, D = 5, K1 = 3, K2 = 3, P = 1]",
                "Conv2d[C = 2, H = 6, W = 5, D = 4, K1 = 3, K2 = 2, P = 1]",
                "Conv2d[C = 2, H = 7, W = 6, D = 3, K1 = 3, K2 = 3, S = 2, P = 1]",
                "Conv2d[C = 2, H = 5, W = 6, D = 3, K1 = 2, K2 = 3, P = 1] { unroll = none }",
                "Dense[N = 5, I = 6, K = 7]",
                "Conv2d[C = 16, H = 8, W = 16, D = 3, K1 = 3, K2 = 1] in long runs",
                "Conv2d[C = 4, H = 9, W = 32, D = 3, K1 = 3, K2 = 2, S = 2] in long runs",
                "Dense[N = 5, I = 32, K = 48] in long runs",
                "Conv2d[N = 1, C = 2, H = 8, W = 8, D = 5, K1 = 3, K2 = 3, P = 1] { target = vector; winograd = none }",
                "AvgPool2d[C = 2, H = 7, W = 6, K = 3, S = 2, P = 1]",
                "MaxPool2d[C = 2, H = 9, W = 17, K = 3, S = 2, P = 1]",
                "AvgPool2d[C = 2, H = 7, W = 36, K = 3, S = 2, P = 1] { target = vector }",
                "MaxPool2d[C = 2, H = 7, W = 36, K = 3, S = 2, P = 1] { target = vector }",
                "Softmax[N = 3, K = 50] { target = vector }")) {
            boolean vectors = statement.contains("vector");
            String layer = statement.replace(RUNS, "");
            Chooser chooser = layer.equals(statement) ? Chooser.CHEAPEST : inTurn();
            ExactPlan exact = new ExactPlan(generate(layer), Map.of(), SEED, vectors ? LANES : 1, chooser);
            for (Entry entry : exact.plan().entries().subList(0, 2)) {
                for (Fault fault : Fault.values()) {
                    int sites = new Planting(fault, -1).sites(entry.calls());
                    for (int k = 0; k < Math.min(SITES, sites); k++) {
                        int site = sites <= SITES ? k : random.nextInt(sites);
                        planted += vectors ? 0 : 1;
                        if (isSeen(exact, entry, new Planting(fault, site).routines(entry.calls()))) {
                            seen.merge(fault, 1, Integer::sum);
                        } else if (!vectors) {
                            unseen.add(statement + " " + entry.name() + ": " + fault + " at statement " + site);
                        }
                    }
                }
            }
        }
        System.out.println("seed " + SEED + ", " + planted + " faults planted, seen: " + seen);
        assertThat(seen.keySet()).as("kinds of faults that are seen").contains(Fault.values());
        assertThat(unseen)
                .as(
                        "faults in scalar code that change no result: a block that its remainder makes up for, a path not taken")
                .hasSizeLessThan(planted / 20);
    }

    /** Sums of tiles are written as vectors alone, and a fault in any of their statements is one in the weights. */
    @Test
    void aFaultInASumOfTilesIsSeen() {
        Generate generate = generate("Conv2d[C = 3, H = 9, W = 10, D = 4, K1 = 3, K2 = 3, P = 1] { target = vector }");
        Chooser chooser = (target, candidates) -> IntStream.range(0, candidates.size())
                .filter(k -> candidates.get(k).plan().startsWith("sums of tiles F(3, 4) by F(3, 4)"))
                .findFirst()
                .orElseGet(() -> Chooser.CHEAPEST.choose(target, candidates));
        ExactPlan exact = new ExactPlan(generate, Map.of(), SEED, LANES, chooser);
        Entry entry = exact.plan().entries().stream()
                .filter(e -> e.name().equals("gradW"))
                .findFirst()
                .orElseThrow();
        assertThat(exact.mismatch(entry, entry.calls())).isEmpty();
        Random random = new Random(SEED);
        Map<Fault, Integer> seen = new EnumMap<>(Fault.class);
        Map<Fault, Integer> unseen = new EnumMap<>(Fault.class);
        for (Fault fault : Fault.values()) {
            int sites = new Planting(fault, -1).sites(entry.calls());
            for (int k = 0; k < Math.min(2 * SITES, sites); k++) {
                int site = sites <= 2 * SITES ? k : random.nextInt(sites);
                boolean found = isSeen(exact, entry, new Planting(fault, site).routines(entry.calls()));
                (found ? seen : unseen).merge(fault, 1, Integer::sum);
            }
        }
        System.out.println("seed " + SEED + ", faults in a sum of tiles seen: " + seen + ", unseen: " + unseen);
        assertThat(seen.keySet())
                .contains(
                        Fault.LOOP_STARTS_LATE,
                        Fault.LOOP_ENDS_EARLY,
                        Fault.STORE_BESIDE,
                        Fault.LOAD_BESIDE,
                        Fault.LANES_BESIDE,
                        Fault.SUM_FORGETS_WHAT_IT_WAS,
                        Fault.FACTOR_DROPPED,
                        Fault.TERM_SUBTRACTED,
                        Fault.VECTORS_EXCHANGED);
    }

    /** Takes long runs wherever there are any, of each kind in turn. */
    private static Chooser inTurn() {
        int[] turn = new int[1];
        return (target, candidates) -> candidates.size() == 1 ? 0 : 1 + turn[0]++ % (candidates.size() - 1);
    }

    /** Sums that go to their places by whole vectors, each reaching into the next row, or exactly. */
    @Test
    void aFaultInShortRowsOfSumsIsSeen() {
        Generate generate = generate("Conv2d[N = 1, C = 2, H = 9, W = 7, D = 2, K1 = 3, K2 = 3] { target = vector }");
        List<Fault> copied = List.of(Fault.COPY_FROM_BESIDE, Fault.COPY_TO_BESIDE, Fault.COPY_TOO_SHORT);
        List<Fault> faults = new ArrayList<>(copied);
        faults.addAll(List.of(Fault.STORE_BESIDE, Fault.LANES_BESIDE));
        Map<Fault, Integer> seen = new EnumMap<>(Fault.class);
        Map<Fault, Integer> unseen = new EnumMap<>(Fault.class);
        ExactPlan exact = new ExactPlan(generate, Map.of(), SEED, LANES, Chooser.CHEAPEST);
        List<Entry> moving = exact.plan().entries().stream()
                .filter(ExactPlan::movesShortRows)
                .toList();
        assertThat(moving).as("tensors whose sums are moved so").isNotEmpty();
        for (Entry entry : moving) {
            assertThat(exact.mismatch(entry, entry.calls())).isEmpty();
            for (Fault fault : faults) {
                int sites = new Planting(fault, -1).sites(entry.calls());
                for (int site = 0; site < sites; site++) {
                    boolean found = isSeen(exact, entry, new Planting(fault, site).routines(entry.calls()));
                    (found ? seen : unseen).merge(fault, 1, Integer::sum);
                }
            }
        }
        System.out.println("seed " + SEED + ", faults in short rows of sums seen: " + seen + ", unseen: " + unseen);
        assertThat(seen.keySet())
                .contains(copied.toArray(Fault[]::new))
                .contains(Fault.STORE_BESIDE, Fault.LANES_BESIDE);
        assertThat(unseen.keySet())
                .as("stores of a width that four lanes do not need change nothing; copies do")
                .doesNotContainAnyElementsOf(copied);
    }

    /** A row that is loaded, used or stored beside its place changes results, whichever it is. */
    @Test
    void everyFaultInRollingRowsIsSeen() {
        Chooser rolling = (target, candidates) -> {
            for (int k = 0; k < candidates.size(); k++) {
                if (candidates.get(k).plan().startsWith("rolling rows")) {
                    return k;
                }
            }
            return Chooser.CHEAPEST.choose(target, candidates);
        };
        String statement = "Conv2d[N = 1, C = 1, H = 9, W = 80, D = 1, K1 = 3, K2 = 2] { target = vector }";
        ExactPlan exact = new ExactPlan(generate(statement), Map.of(), SEED, LANES, rolling);
        Entry entry = exact.plan().entries().get(0);
        assertThat(exact.plan().choices().toString()).contains("rolling rows");
        for (Fault fault :
                List.of(Fault.LANES_BESIDE, Fault.STORE_BESIDE, Fault.FACTOR_DROPPED, Fault.TERM_SUBTRACTED)) {
            int sites = new Planting(fault, -1).sites(entry.calls());
            assertThat(sites).as("%s", fault).isPositive();
            for (int site = 0; site < sites; site++) {
                assertThat(isSeen(exact, entry, new Planting(fault, site).routines(entry.calls())))
                        .as("%s at statement %d", fault, site)
                        .isTrue();
            }
        }
    }

    private static Generate generate(String statement) {
        String spec = "package planted; import adjoint.conv.Conv2d; import adjoint.dense.Dense;"
                + " import adjoint.pool.AvgPool2d; import adjoint.pool.MaxPool2d; import adjoint.softmax.Softmax;"
                + " generate A = " + statement;
        return Specs.parse("planted.layer", spec, Importers.library())
                .generates()
                .get(0);
    }

    /** A place outside of an array, or a local without a value, is seen as well as a wrong result. */
    private static boolean isSeen(ExactPlan exact, Entry entry, List<Routine> routines) {
        try {
            return exact.mismatch(entry, routines).isPresent();
        } catch (IndexOutOfBoundsException | IllegalStateException | IllegalArgumentException | ArithmeticException e) {
            return true;
        }
    }

    /** Does it to the n-th statement of its kind; to none if n is negative. */
    private static final class Planting extends StepRewriter {
        private final Fault fault;
        private final int site;
        private int met;

        Planting(Fault fault, int site) {
            this.fault = fault;
            this.site = site;
        }

        int sites(List<Routine> routines) {
            routines(routines);
            return met;
        }

        List<Routine> routines(List<Routine> routines) {
            return routines.stream().map(this::routine).toList();
        }

        private Routine routine(Routine r) {
            return new Routine(r.name(), r.notes(), r.buffers(), r.ints(), step(r.body()));
        }

        private boolean here(Fault kind) {
            return fault == kind && met++ == site;
        }

        private static boolean isOfEntries(dev.adjoint.loop.Test test) {
            return test instanceof dev.adjoint.loop.Test.Finite
                    || test instanceof dev.adjoint.loop.Test.Moderate
                    || test instanceof dev.adjoint.loop.Test.All all
                            && all.parts().stream().allMatch(Planting::isOfEntries);
        }

        @Override
        public Step step(Step s) {
            if (s instanceof Step.Call c) {
                return new Step.Call(routine(c.routine()), c.ints());
            }
            if (s instanceof Step.If i && isOfEntries(i.test())) {
                // The elements of the field are finite: the other side is never taken.
                return new Step.If(i.test(), step(i.then()), i.otherwise());
            }
            if (s instanceof Step.If i && i.test() instanceof dev.adjoint.loop.Test.AnyLane) {
                // Nor is any of them not a number.
                return s;
            }
            if (s instanceof Step.Loop l) {
                IntExpr lo = here(Fault.LOOP_STARTS_LATE) ? l.lo().plus(1) : l.lo();
                IntExpr hi = here(Fault.LOOP_ENDS_EARLY) ? l.hi().minus(1) : l.hi();
                return super.step(new Step.Loop(l.var(), lo, hi, l.by(), l.body()));
            }
            if (s instanceof Step.Store a && here(Fault.STORE_BESIDE)) {
                return super.step(new Step.Store(a.buffer(), a.at().plus(1), a.value()));
            }
            if (s instanceof Step.DeclareMask d && here(Fault.MASK_NEGATED)) {
                return new Step.DeclareMask(d.name(), new dev.adjoint.loop.Test.Not(d.test()));
            }
            if (s instanceof Step.Interleave i && here(Fault.VECTORS_EXCHANGED)) {
                List<Real> values = new ArrayList<>(i.values());
                java.util.Collections.reverse(values);
                return new Step.Interleave(i.buffer(), i.at(), values);
            }
            if (s instanceof Step.AssignInt a && here(Fault.ROWS_FURTHER_APART)) {
                return new Step.AssignInt(a.name(), a.value().plus(1));
            }
            if (s instanceof Step.Copy c) {
                IntExpr from = here(Fault.COPY_FROM_BESIDE) ? c.at().plus(1) : c.at();
                IntExpr to = here(Fault.COPY_TO_BESIDE) ? c.toAt().plus(1) : c.toAt();
                IntExpr length = here(Fault.COPY_TOO_SHORT) ? c.length().minus(1) : c.length();
                return super.step(new Step.Copy(c.from(), from, c.to(), to, length));
            }
            if (s instanceof Step.Fill f && here(Fault.FILLED_WITH_ONE_MORE)) {
                Real more = new Real.Binary(Real.Op.ADD, f.value(), Real.ONE);
                return super.step(new Step.Fill(f.buffer(), f.from(), f.to(), more));
            }
            if (s instanceof Step.Declare d && d.value().equals(Real.ZERO) && here(Fault.SUM_STARTS_AT_ONE)) {
                return new Step.Declare(d.name(), Real.ONE, d.mutable());
            }
            return super.step(s);
        }

        @Override
        public Real real(Real e) {
            if (e instanceof Real.Load l && here(Fault.LOAD_BESIDE)) {
                return new Real.Load(l.buffer(), l.at().plus(1));
            }
            if (e instanceof Real.Lanes l && here(Fault.LANES_BESIDE)) {
                return new Real.Lanes(l.buffer(), l.at().plus(1), l.stride(), l.braided());
            }
            if (e instanceof Real.Lanes l && here(Fault.STRIDE_OF_ONE_MORE)) {
                return new Real.Lanes(l.buffer(), l.at(), l.stride() + 1, l.braided());
            }
            if (e instanceof Real.SumOfLanes && here(Fault.LANES_OF_SUM_FORGOTTEN)) {
                return Real.ZERO;
            }
            if (e instanceof Real.Unbraided u && here(Fault.LANES_LEFT_BRAIDED)) {
                return super.real(u.lanes());
            }
            if (e instanceof Real.Either c && here(Fault.SIDES_EXCHANGED)) {
                return super.real(new Real.Either(c.test(), c.otherwise(), c.then()));
            }
            if (e instanceof Real.Fma f) {
                if (here(Fault.SUM_FORGETS_WHAT_IT_WAS)) {
                    return super.real(new Real.Binary(Real.Op.MUL, f.a(), f.b()));
                }
                if (here(Fault.FACTOR_DROPPED)) {
                    return super.real(new Real.Binary(Real.Op.ADD, f.a(), f.c()));
                }
                if (here(Fault.TERM_SUBTRACTED)) {
                    return super.real(new Real.Fma(new Real.Negate(f.a()), f.b(), f.c()));
                }
            }
            return super.real(e);
        }
    }
}
