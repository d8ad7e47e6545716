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
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A fault planted in any of the laws that proofs rest on is caught by the checks that hold the laws to the definitions of
 * what they speak of. In the sources of each law faults are planted one at a time until one is caught. With {@code
 * -Dadjoint.faults.print=true} all are planted, in the other methods too, and it is printed what became of each.
 */
class PlantedLawFaultsTest {
    private static final long SEED = Long.getLong("adjoint.random.seed", 1L);
    private static final int DRAWS = 60;
    private static final boolean ALL = Boolean.getBoolean("adjoint.faults.print");

    /** Draws that ask more often than that whether there is a fault are left out. */
    private static final long MOST_QUESTIONS = 300_000;

    private static final String PROVE = "dev.adjoint.prove.";

    /** Files, the checks that have to see their faults, and of each file the methods that state laws. */
    static Stream<Arguments> laws() {
        return Stream.of(
                Arguments.of(
                        "sums over domains",
                        List.of(PROVE + "CountingLaw$Shaped", PROVE + "CountingLaw"),
                        laws(
                                "prove/Counting: quotients withoutAtoms unfold cases active oriented",
                                "prove/Faulhaber: sum powers",
                                "prove/Equalities: solved sign radix single divides at pair",
                                "prove/PieceTest: cut given merged sides cancels reduced",
                                "prove/Linear: of",
                                "prove/Replacement: of ofParts")),
                Arguments.of(
                        "the normal form",
                        List.of(PROVE + "NormalFormLaw", PROVE + "ProofLaw"),
                        laws(
                                "prove/Separation: of split collapse",
                                "prove/Extraction: isZero units averaged",
                                "prove/Selectors: positive magnitude zero zeroOf",
                                "prove/Cases: of given",
                                "prove/SignCases: list with",
                                "prove/LinearSigns: areImpossible row",
                                "prove/Products: sameFamily vanishing replaced",
                                "prove/Abstraction: overIndices overVariables part parameter",
                                "prove/Families: closure instantiate match",
                                "prove/Definedness: isMet covers failure")),
                Arguments.of(
                        "the integers",
                        List.of("dev.adjoint.index.DomainLaw"),
                        laws(
                                "index/Domain: implies simplify quotient",
                                "index/Premises: solution addFacts nested atLeast findFloor",
                                "index/Proof: refuted cases",
                                "index/Elimination: *",
                                "index/Products: *",
                                "index/Constraints: normal not truth")));
    }

    private static Map<String, List<String>> laws(String... files) {
        Map<String, List<String>> laws = new LinkedHashMap<>();
        for (String file : files) {
            String[] parts = file.split(": ");
            laws.put(parts[0], List.of(parts[1].split(" ")));
        }
        return laws;
    }

    @TempDir
    private Path temp;

    private record Draw(String law, LongFunction<Optional<String>> check, long seed, BitSet reached, long questions) {}

    @ParameterizedTest(name = "{0}")
    @MethodSource("laws")
    void aFaultInAnyLawIsCaught(String name, List<String> checks, Map<String, List<String>> laws) throws Exception {
        List<Path> files = laws.keySet().stream()
                .map(f -> Path.of("dev/adjoint", f + ".java"))
                .toList();
        PlantedCode code = PlantedCode.of(files, temp);
        List<Draw> draws = draws(code, checks);
        Map<String, List<Planting.Fault>> methods = methods(code.faults(), laws);
        TreeSet<String> uncaught = new TreeSet<>();
        methods.forEach((method, faults) -> {
            int caught = 0;
            for (Planting.Fault fault : faults) {
                Optional<String> how = caught(fault, draws);
                caught += how.isPresent() ? 1 : 0;
                if (ALL) {
                    System.out.println(
                            how.map(h -> "caught " + fault + "   by " + h).orElse("missed " + fault));
                } else if (how.isPresent()) {
                    System.out.println(fault + "   caught by " + how.get());
                    break;
                }
            }
            if (caught == 0) {
                uncaught.add(method);
            }
        });
        System.out.println("seed " + SEED + ", " + name + ": " + draws.size() + " draws, "
                + code.faults().size() + " faults in " + methods.size() + " laws; no fault caught in " + uncaught);
        assertThat(uncaught).as("laws of %s in which no fault is caught", name).isEmpty();
    }

    private static List<Draw> draws(PlantedCode code, List<String> checks) throws ReflectiveOperationException {
        List<Draw> draws = new ArrayList<>();
        for (String law : checks) {
            Constructor<?> constructor = code.loadClass(law).getDeclaredConstructor();
            constructor.setAccessible(true);
            @SuppressWarnings("unchecked")
            LongFunction<Optional<String>> check = (LongFunction<Optional<String>>) constructor.newInstance();
            for (long seed = SEED * 1_000_000; seed < SEED * 1_000_000 + DRAWS; seed++) {
                BitSet reached = Switch.none();
                assertThat(check.apply(seed))
                        .as("%s, seed %d, no fault", law, seed)
                        .isEmpty();
                draws.add(new Draw(law.substring(law.lastIndexOf('.') + 1), check, seed, reached, Switch.questions()));
            }
        }
        draws.removeIf(d -> d.questions() > MOST_QUESTIONS);
        draws.sort(Comparator.comparingLong(Draw::questions));
        return draws;
    }

    /** The faults of each law; with all of them, of each method. */
    private static Map<String, List<Planting.Fault>> methods(
            List<Planting.Fault> faults, Map<String, List<String>> laws) {
        Map<String, List<Planting.Fault>> methods = new LinkedHashMap<>();
        laws.forEach((path, names) -> {
            String file = path.substring(path.indexOf('/') + 1);
            names.stream().filter(n -> !n.equals("*")).forEach(n -> methods.put(file + "." + n, new ArrayList<>()));
            if (names.contains("*")) {
                methods.put(file + ".*", new ArrayList<>());
            }
            faults.stream().filter(f -> f.file().equals(file)).forEach(f -> {
                String method = file + "." + (names.contains("*") ? "*" : f.method());
                if (ALL) {
                    methods.computeIfAbsent(method, m -> new ArrayList<>()).add(f);
                } else if (methods.containsKey(method)) {
                    methods.get(method).add(f);
                }
            });
        });
        return methods;
    }

    /** Which check sees the fault, and how; empty if none does. */
    private static Optional<String> caught(Planting.Fault fault, List<Draw> draws) {
        for (Draw draw : draws) {
            if (!draw.reached().get(fault.number())) {
                continue;
            }
            Switch.to(fault.number(), 10_000 + 5 * draw.questions());
            String seen;
            try {
                seen = draw.check().apply(draw.seed()).orElse("");
            } catch (Switch.Runaway endless) {
                // It may be right, and slower.
                seen = "";
            } catch (RuntimeException | StackOverflowError crash) {
                seen = crash.toString();
            }
            if (!seen.isEmpty()) {
                String brief = seen.substring(0, Math.min(120, seen.length())).replace('\n', ' ');
                return Optional.of(draw.law() + ", seed " + draw.seed() + ": " + brief);
            }
        }
        return Optional.empty();
    }
}
