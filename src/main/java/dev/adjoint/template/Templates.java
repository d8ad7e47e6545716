package dev.adjoint.template;

import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.stringtemplate.v4.AutoIndentWriter;
import org.stringtemplate.v4.ST;
import org.stringtemplate.v4.STGroup;
import org.stringtemplate.v4.STGroupFile;

/**
 * Renders the templates of the jar. StringTemplate keeps static state, so one lock stands around loading and rendering;
 * every method may be called from any thread.
 */
public final class Templates {
    private static final Object LOCK = new Object();
    private static final Map<String, STGroup> GROUPS = new HashMap<>();

    private Templates() {}

    /**
     * The text of a template.
     *
     * @param group the name of a file in {@code adjoint/templates}, without its ending
     * @param attributes what the template is filled with: records, lists, strings, numbers, booleans
     * @throws IllegalStateException if the group or the template is missing, or anything in it fails
     */
    public static String render(String group, String template, Map<String, ?> attributes) {
        synchronized (LOCK) {
            Failures failures = new Failures(group + "/" + template);
            STGroup loaded = load(group, failures);
            loaded.setListener(failures);
            ST instance = loaded.getInstanceOf(template);
            failures.check();
            if (instance == null) {
                throw new IllegalStateException("no template " + template + " in " + group + ".stg");
            }
            attributes.forEach(instance::add);
            java.io.StringWriter text = new java.io.StringWriter();
            AutoIndentWriter writer = new AutoIndentWriter(text, "\n");
            instance.write(writer, java.util.Locale.ROOT, failures);
            failures.check();
            return text.toString();
        }
    }

    private static STGroup load(String name, Failures failures) {
        STGroup known = GROUPS.get(name);
        if (known != null) {
            return known;
        }
        String path = "adjoint/templates/" + name + ".stg";
        @Nullable URL url = Templates.class.getClassLoader().getResource(path);
        if (url == null) {
            throw new IllegalStateException("no resource " + path);
        }
        STGroup group = new STGroupFile(url, StandardCharsets.UTF_8.name(), '<', '>');
        group.setListener(failures);
        group.registerModelAdaptor(Record.class, new RecordAdaptor());
        group.load();
        failures.check();
        GROUPS.put(name, group);
        return group;
    }
}
