package dev.adjoint.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fault planted in any method of the laws that proofs rest on is caught by the checks of the laws. In each method faults
 * are planted one at a time until one is caught. {@code -Dadjoint.faults.print} plants them all, and prints those that
 * are not.
 */
class PlantedLawFaultsTest {
    private static final long SEED = Long.getLong("adjoint.random.seed", 1L);
    private static final List<String> LAWS = List.of(
            "dev.adjoint.index.DomainLaw",
            "dev.adjoint.prove.CountingLaw",
            "dev.adjoint.prove.ValueLaw",
            "dev.adjoint.prove.ProofLaw");
    private static final int DRAWS = Integer.getInteger("adjoint.random.count", 150);
    private static final List<String> FILES = List.of(
            System.getProperty(
                            "adjoint.faults.files",
                            "prove/Counting,prove/Equalities,prove/Faulhaber,prove/PieceTest,prove/Separation,prove/Extraction,"
                                    + "prove/Selectors,prove/SignCases,prove/LinearSigns,prove/Signs,prove/ZeroTest,prove/Cases,"
                                    + "prove/Windows,prove/Products,prove/Abstraction,prove/Families,prove/Functions,prove/Definedness,"
                                    + "prove/Contents,prove/Denominators,prove/Canon,prove/DataFacts,prove/Replacement,"
                                    + "prove/Algebra,prove/Ratio,prove/Poly,prove/Linear,prove/Term,prove/Normal,prove/Extrema,"
                                    + "prove/Factor,index/Domain,index/Proof,"
                                    + "index/Premises,index/Elimination,index/Simplex,index/Products,index/Constraints,"
                                    + "index/Lattice")
                    .split(","));

    /** Draws that take more work than that are not looked at. */
    private static final long MOST_QUESTIONS = 60_000;

    @TempDir
    private Path temp;

    private record Draw(String law, LongFunction<Optional<String>> check, long seed, BitSet reached, long questions) {}

    @Test
    void aFaultInAnyLawIsCaught() throws Exception {
        boolean all = Boolean.getBoolean("adjoint.faults.print");
        List<Path> files =
                FILES.stream().map(f -> Path.of("dev/adjoint", f + ".java")).toList();
        PlantedCode code = PlantedCode.of(files, temp);
        List<Draw> draws = new ArrayList<>();
        for (String law : LAWS) {
            Constructor<?> constructor = code.loadClass(law).getDeclaredConstructor();
            constructor.setAccessible(true);
            @SuppressWarnings("unchecked")
            LongFunction<Optional<String>> check = (LongFunction<Optional<String>>) constructor.newInstance();
            for (long seed = SEED * 1_000_000; seed < SEED * 1_000_000 + DRAWS; seed++) {
                BitSet reached = Switch.none();
                assertThat(check.apply(seed)).as("%s, seed %d, no fault", law, seed).isEmpty();
                draws.add(new Draw(law, check, seed, reached, Switch.questions()));
            }
        }
        draws.removeIf(d -> d.questions() > MOST_QUESTIONS);
        draws.sort(Comparator.comparingLong(Draw::questions));
        System.out.println(code.faults().size() + " faults, " + draws.size() + " draws");
        Map<String, List<Planting.Fault>> methods = new LinkedHashMap<>();
        code.faults()
                .forEach(f -> methods.computeIfAbsent(f.file() + "." + f.method(), m -> new ArrayList<>())
                        .add(f));
        Set<String> uncaught = new TreeSet<>();
        Map<String, Integer> by = new TreeMap<>();
        methods.forEach((method, faults) -> {
            boolean caught = false;
            int count = 0;
            for (Planting.Fault fault : faults) {
                if (caught && !all) {
                    break;
                }
                String how = caught(fault, draws);
                by.merge(how.startsWith("  ") ? how.strip() : "law", 1, Integer::sum);
                boolean now = !how.startsWith("  ");
                caught |= now;
                count += now ? 1 : 0;
                if (all) {
                    System.out.println((now ? "caught " : "MISSED ") + fault + "   | " + how);
                    System.out.flush();
                }
            }
            if (all) {
                System.out.println("== " + method + " " + count + " of " + faults.size());
            }
            if (!caught) {
                uncaught.add(method);
                System.out.println("uncaught: " + method);
            }
        });
        System.out.println(by);
        System.out.println("uncaught: " + uncaught);
        assertThat(uncaught).as("methods in which no fault is caught").isEmpty();
    }

    private static String caught(Planting.Fault fault, List<Draw> draws) {
        boolean reached = false;
        boolean runaway = false;
        for (Draw draw : draws) {
            if (!draw.reached().get(fault.number())) {
                continue;
            }
            reached = true;
            Switch.to(fault.number(), 10_000 + 5 * draw.questions());
            try {
                Optional<String> complaint = draw.check().apply(draw.seed());
                if (complaint.isPresent()) {
                    return draw.law() + " " + draw.seed() + ": "
                            + complaint.get().substring(0, Math.min(100, complaint.get().length()));
                }
            } catch (Switch.Runaway endless) {
                runaway = true;
            } catch (RuntimeException | StackOverflowError crash) {
                return "crash " + crash;
            } catch (Error other) {
                return "crash " + other;
            }
        }
        return reached ? runaway ? "  runaway" : "  passed" : "  never reached";
    }
}
