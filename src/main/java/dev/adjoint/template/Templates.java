package dev.adjoint.template;

import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.stringtemplate.v4.AttributeRenderer;
import org.stringtemplate.v4.AutoIndentWriter;
import org.stringtemplate.v4.ST;
import org.stringtemplate.v4.STGroup;
import org.stringtemplate.v4.STGroupFile;
import org.stringtemplate.v4.STWriter;

/**
 * Renders the templates of the jar. StringTemplate keeps static state, so one lock stands around loading and rendering;
 * every method may be called from any thread.
 */
public final class Templates {
    private static final Object LOCK = new Object();
    private static final Map<String, STGroup> GROUPS = new HashMap<>();

    private Templates() {}

    /**
     * The text of a template, what stands in it indented as it is.
     *
     * @param group the name of a file in {@code adjoint/templates}, without its ending
     * @param attributes what the template is filled with: records, lists, strings, numbers, booleans
     * @throws IllegalStateException if the group or the template is missing, or anything in it fails
     */
    public static String render(String group, String template, Map<String, ?> attributes) {
        java.io.StringWriter text = new java.io.StringWriter();
        return render(new Notation(group, Map.of()), template, attributes, text, new AutoIndentWriter(text, "\n"));
    }

    /**
     * The text of a template in a notation, nothing of it indented: a line break in a value stays as it is.
     *
     * @throws IllegalStateException if the group or the template is missing, or anything in it fails
     */
    public static String render(Notation notation, String template, Map<String, ?> attributes) {
        java.io.StringWriter text = new java.io.StringWriter();
        return render(notation, template, attributes, text, new FlatWriter(text));
    }

    private static String render(
            Notation notation, String template, Map<String, ?> attributes, java.io.Writer text, STWriter writer) {
        synchronized (LOCK) {
            Failures failures = new Failures(notation.group() + "/" + template);
            STGroup loaded = load(notation, failures);
            loaded.setListener(failures);
            ST instance = loaded.getInstanceOf(template);
            failures.check();
            if (instance == null) {
                throw new IllegalStateException("no template " + template + " in " + notation.group() + ".stg");
            }
            boolean escaped = notation.escapes();
            attributes.forEach((name, value) -> instance.add(name, escaped ? Text.of(value) : value));
            instance.write(writer, Locale.ROOT, failures);
            failures.check();
            return text.toString();
        }
    }

    private static STGroup load(Notation notation, Failures failures) {
        String name = notation.group();
        STGroup known = GROUPS.get(name);
        if (known == null) {
            known = read(notation, failures);
            GROUPS.put(name, known);
        }
        STGroup group = known;
        notation.printers().forEach((type, printer) -> register(group, type, printer));
        return group;
    }

    private static <T> void register(STGroup group, Class<T> type, Function<Object, String> printer) {
        if (type.equals(String.class)) {
            AttributeRenderer<Text> renderer = (text, format, locale) -> printer.apply(text.value());
            group.registerRenderer(Text.class, renderer);
        } else {
            AttributeRenderer<T> renderer = (value, format, locale) -> printer.apply(value);
            group.registerRenderer(type, renderer);
        }
    }

    private static STGroup read(Notation notation, Failures failures) {
        String path = "adjoint/templates/" + notation.group() + ".stg";
        @Nullable URL url = Templates.class.getClassLoader().getResource(path);
        if (url == null) {
            throw new IllegalStateException("no resource " + path);
        }
        STGroup group = new STGroupFile(url, StandardCharsets.UTF_8.name(), '<', '>');
        group.setListener(failures);
        group.registerModelAdaptor(Record.class, new RecordAdaptor(notation.escapes()));
        group.load();
        failures.check();
        return group;
    }
}
