package dev.adjoint.emit;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A class as the template prints it.
 *
 * @param bits the integers as long as the type
 * @param bitsName as it stands in the names of conversions
 * @param imports types of the Vector API
 * @param isShared whether there are loops that threads share
 * @param team how they do, if the class is to have a constructor that takes an executor
 * @param vectorClass the class that it hands its work to where there are vectors
 */
record ClassView(
        String spec,
        @Nullable String javaPackage,
        String name,
        @Nullable String vectorClass,
        String type,
        String box,
        String cast,
        String bits,
        String bitsName,
        List<String> doc,
        List<FieldView> fields,
        List<String> constructorDoc,
        List<String> sizes,
        List<String> construction,
        List<LengthView> lengths,
        List<EntryView> entries,
        List<RoutineView> routines,
        Set<String> helpers,
        List<String> imports,
        boolean isShared,
        @Nullable TeamView team) {
    /** A field; without a value the constructor sets it. */
    record FieldView(String type, String name) {}

    /** The method that tells a tensor's length. */
    record LengthView(String tensor, String capital, String shape, String value) {}

    /** A public method. */
    record EntryView(
            String name,
            List<String> doc,
            List<String> parameters,
            List<String> arguments,
            List<String> checks,
            List<String> calls) {}

    /**
     * How threads share the work.
     *
     * @param doc of the constructor that takes an executor
     * @param wake how many operations are worth that a thread is woken
     * @param least how many are worth the help of one that is awake
     * @param cache how many entries a processor's cache holds
     * @param line how many entries come into it at a time
     * @param fetches whether a shared loop reads an array as a whole
     * @param reals how many arrays of the element type a shared loop takes at most
     * @param integers how many of integers
     * @param numbers how many integers
     * @param scans methods that go through whole arrays
     * @param worker what the constructor of a helper's part of an instance does
     */
    record TeamView(
            List<String> doc,
            long wake,
            long least,
            int cache,
            int line,
            boolean fetches,
            int reals,
            int integers,
            int numbers,
            List<ShareView> shares,
            List<ScanView> scans,
            List<String> worker) {}

    /**
     * A loop that is shared.
     *
     * @param name of the method that shares it
     * @param part of the method that runs a range of it
     * @param passed what all threads are given, and which argument is which
     * @param taken the arguments of a thread
     * @param whole those arrays that each thread reads as a whole
     * @param hasRest whether iterations that do not come out even are left to the caller of the method
     */
    record ShareView(
            int number,
            String name,
            String part,
            List<String> parameters,
            List<String> arguments,
            List<PassedView> passed,
            List<String> taken,
            List<String> whole,
            boolean hasRest) {}

    /** A method that looks whether all entries of an array are of a kind. */
    record ScanView(int number, String name) {}

    /** An array that all threads share: as {@code reals[0] = o}. */
    record PassedView(String place, String name) {}

    /** A private method. */
    record RoutineView(
            String name, List<String> doc, boolean isStatic, List<String> parameters, List<Statement> body) {}
}
