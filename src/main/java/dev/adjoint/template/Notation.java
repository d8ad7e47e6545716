package dev.adjoint.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * How a group of templates prints values: every value of one of these classes, and every string among them, passes
 * through its printer wherever a template prints it. A markup language escapes here, so that no template can forget to.
 *
 * @param group the name of a file in {@code adjoint/templates}, without its ending
 * @param printers class → what makes text of a value of it, or of a subclass; a value without a printer prints as it is
 */
public record Notation(String group, Map<Class<?>, Function<Object, String>> printers) {
    public Notation {
        printers = Collections.unmodifiableMap(new LinkedHashMap<>(printers));
    }

    boolean escapes() {
        return printers.containsKey(String.class);
    }

    /** A notation that prints nothing but text, escaped. */
    public static Notation of(String group, Function<String, String> escape) {
        return new Notation(group, Map.of(String.class, text -> escape.apply((String) text)));
    }

    /** The same, which prints values of a class in its own way. */
    public <T> Notation with(Class<T> type, Function<? super T, String> printer) {
        Map<Class<?>, Function<Object, String>> more = new LinkedHashMap<>(printers);
        more.put(type, value -> printer.apply(type.cast(value)));
        return new Notation(group, more);
    }
}
