package dev.adjoint.report.page;

import dev.adjoint.report.math.MathNode;
import java.util.ArrayList;
import java.util.List;

/** What stands in a line. {@link #kind} names the template that prints it. */
public sealed interface Inline {
    String kind();

    /** Text. */
    record Words(String text) implements Inline {
        @Override
        public String kind() {
            return "words";
        }
    }

    /** Text that stands out. */
    record Strong(String text) implements Inline {
        @Override
        public String kind() {
            return "strong";
        }
    }

    /** A text of the language or of Java. */
    record Code(String text) implements Inline {
        @Override
        public String kind() {
            return "codeWords";
        }
    }

    /** A formula in the line. */
    record Math(MathNode math) implements Inline {
        @Override
        public String kind() {
            return "math";
        }
    }

    /** A place in this or another page. */
    record Link(String text, String address) implements Inline {
        @Override
        public String kind() {
            return "link";
        }
    }

    /** The word of a verdict. */
    record Badge(String text, String style) implements Inline {
        @Override
        public String kind() {
            return "badge";
        }
    }

    static List<Inline> words(String text) {
        return List.of(new Words(text));
    }

    /** Text in which pieces between back quotes are code. */
    static List<Inline> prose(String text) {
        List<Inline> all = new ArrayList<>();
        String[] parts = text.split("`", -1);
        for (int k = 0; k < parts.length; k++) {
            boolean code = k % 2 == 1 && k < parts.length - 1;
            String words = k % 2 == 1 && !code ? "`" + parts[k] : parts[k];
            if (!words.isEmpty()) {
                all.add(code ? new Code(words) : new Words(words));
            }
        }
        return all;
    }
}
