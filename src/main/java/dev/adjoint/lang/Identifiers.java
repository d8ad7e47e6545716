package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Place;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which names may reach Java source. The lexer admits ASCII letters, digits, underscores and some Greek letters. */
final class Identifiers {
    static final int LONGEST = 100;

    /** Java's keywords and literals, the contextual ones among them. */
    private static final Set<String> JAVA = Set.of(
            ("abstract assert boolean break byte case catch char class const continue default do double else enum extends false"
                            + " final finally float for goto if implements import instanceof int interface long native new null"
                            + " package private protected public record return short static strictfp super switch synchronized"
                            + " this throw throws transient true try var void volatile while yield _")
                    .split(" "));

    /** What the language itself calls so, besides its keywords. */
    private static final Set<String> BUILT_IN = Set.of(
            "pi", "π", "inf", "∞", "pad", "stop", "exp", "log", "log1p", "sqrt", "tanh", "sigmoid", "erf", "sin", "cos",
            "abs", "floor", "relu");

    /** What a generated class names by its simple name, or inherits. */
    private static final Set<String> CLASSES = Set.of(
            ("Object String StringBuilder Math StrictMath System Integer Long Float Double Boolean Character Byte Short Number"
                            + " Arrays List Override SuppressWarnings Deprecated Class Module ModuleLayer Exception"
                            + " RuntimeException Error Throwable IllegalArgumentException ArithmeticException"
                            + " IndexOutOfBoundsException Void Record Enum FloatVector DoubleVector IntVector VectorSpecies"
                            + " VectorOperators VectorMask Test Assertions Random")
                    .split(" "));

    /** Files that Windows does not make, whatever their extension. */
    private static final Pattern DEVICE = Pattern.compile("con|prn|aux|nul|(com|lpt)[0-9]");

    private Identifiers() {}

    /** What is wrong with a size, a tensor, an index, a function or a definition of this name; null if nothing is. */
    static @Nullable Diagnostic check(String name, Place place) {
        if (JAVA.contains(name)) {
            return error(place, "`" + name + "` is a word of Java and cannot be a name");
        }
        if (BUILT_IN.contains(name) || name.contains("∞") || name.contains("π")) {
            return error(place, "`" + name + "` has a meaning in the language and cannot be a name");
        }
        if (name.length() > LONGEST) {
            return error(place, "this name has " + name.length() + " characters, more than " + LONGEST);
        }
        return null;
    }

    /** What is wrong with a layer or a class of this name; null if nothing is. */
    static @Nullable Diagnostic checkClass(String name, Place place) {
        if (CLASSES.contains(name)) {
            return error(place, "`" + name + "` is a class of Java that generated code uses");
        }
        if (isDevice(name)) {
            return error(place, "`" + name + "` is a device of Windows and cannot name a file");
        }
        return check(name, place);
    }

    /** Whether a part of a package or of a qualified Java name is an identifier. */
    static boolean isJavaName(String name) {
        return !JAVA.contains(name)
                && !name.isEmpty()
                && name.length() <= LONGEST
                && Character.isJavaIdentifierStart(name.charAt(0));
    }

    /** The parts of a qualified name. */
    static List<String> parts(String qualified) {
        return List.of(qualified.split("\\.", -1));
    }

    /** What is wrong with a package of this name; empty if nothing is. */
    static Optional<String> whyNoPackage(String name) {
        for (String part : parts(name)) {
            if (JAVA.contains(part)) {
                return Optional.of("`" + part + "` is a word of Java");
            }
            if (isDevice(part)) {
                return Optional.of("`" + part + "` is a device of Windows and cannot name a directory");
            }
            if (!isJavaName(part)) {
                return Optional.of("`" + part + "` is no name in Java, or longer than " + LONGEST + " characters");
            }
        }
        return Optional.empty();
    }

    private static boolean isDevice(String name) {
        return DEVICE.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    private static Diagnostic error(Place place, String message) {
        return Diagnostic.error(Codes.L020.name(), place, message);
    }
}
