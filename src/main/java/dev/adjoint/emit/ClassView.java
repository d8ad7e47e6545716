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
        List<String> imports) {
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

    /** A private method. */
    record RoutineView(
            String name, List<String> doc, boolean isStatic, List<String> parameters, List<Statement> body) {}
}
