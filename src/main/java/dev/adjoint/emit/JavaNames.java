package dev.adjoint.emit;

import java.util.Set;
import java.util.TreeSet;

/** What a name may be in Java, and which ones the emitted code needs for itself. */
final class JavaNames {
    /** Keywords, literals, and what is a keyword in places. */
    static final Set<String> KEYWORDS = Set.of(
            "abstract",
            "assert",
            "boolean",
            "break",
            "byte",
            "case",
            "catch",
            "char",
            "class",
            "const",
            "continue",
            "default",
            "do",
            "double",
            "else",
            "enum",
            "extends",
            "false",
            "final",
            "finally",
            "float",
            "for",
            "goto",
            "if",
            "implements",
            "import",
            "instanceof",
            "int",
            "interface",
            "long",
            "native",
            "new",
            "null",
            "package",
            "private",
            "protected",
            "public",
            "record",
            "return",
            "sealed",
            "short",
            "static",
            "strictfp",
            "super",
            "switch",
            "synchronized",
            "this",
            "throw",
            "throws",
            "transient",
            "true",
            "try",
            "var",
            "void",
            "volatile",
            "while",
            "yield",
            "permits",
            "_");

    /** Types that emitted code names; a class or a variable of this name would hide them. */
    static final Set<String> TYPES = Set.of(
            "Math", "System", "String", "Object", "Float", "Double", "Integer", "IllegalArgumentException", "java");

    /** Types, constants and a field that a class with vectors, or the one beside it, names. */
    static final Set<String> OF_VECTORS = Set.of(
            "ModuleLayer",
            "FloatVector",
            "DoubleVector",
            "IntVector",
            "VectorMask",
            "VectorShuffle",
            "VectorSpecies",
            "VectorOperators",
            "LANES",
            "SPECIES",
            "vectors");

    /** What a class whose work threads may share names. */
    static final Set<String> OF_THREADS = Set.of(
            "Runnable",
            "Thread",
            "Throwable",
            "RuntimeException",
            "Error",
            "Team",
            "Helper",
            "team",
            "fetch",
            "fetched",
            "owner",
            "executor",
            "threads",
            "part",
            "count",
            "whole",
            "work");

    /** Methods of the emitted class itself. */
    static final Set<String> HELPERS = Set.of(
            "wrongLength",
            "sharedArray",
            "requireBelow",
            "copyEntries",
            "hasVectors",
            "isFinite",
            "isModerate",
            "lengthOf",
            "requirePositive",
            "require",
            "sigmoid",
            "erf",
            "either",
            "forward",
            "backward");

    private JavaNames() {}

    /** No local, parameter or field is called by one of these. */
    static Set<String> reserved() {
        Set<String> all = new TreeSet<>(KEYWORDS);
        all.addAll(TYPES);
        return all;
    }

    /** ASCII letters, digits and underscores, and Greek letters; not beginning with a digit. */
    static boolean isIdentifier(String name) {
        if (name.isEmpty() || Character.isDigit(name.charAt(0))) {
            return false;
        }
        return name.chars()
                .allMatch(c -> c >= 'a' && c <= 'z'
                        || c >= 'A' && c <= 'Z'
                        || c >= '0' && c <= '9'
                        || c == '_'
                        || c >= 'Α' && c <= 'Ω' && c != 0x3A2
                        || c >= 'α' && c <= 'ω');
    }
}
