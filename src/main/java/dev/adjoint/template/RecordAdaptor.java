package dev.adjoint.template;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.stringtemplate.v4.Interpreter;
import org.stringtemplate.v4.ModelAdaptor;
import org.stringtemplate.v4.ST;
import org.stringtemplate.v4.misc.STNoSuchPropertyException;

/** The components of a record are its properties, and so are its methods without parameters. */
final class RecordAdaptor implements ModelAdaptor<Record> {
    private final Map<Class<?>, Map<String, Method>> accessors = new HashMap<>();
    private final boolean escaped;

    /** @param escaped whether strings are to be told from the text of templates */
    RecordAdaptor(boolean escaped) {
        this.escaped = escaped;
    }

    @Override
    public @Nullable Object getProperty(Interpreter interpreter, ST self, Record model, Object property, String name) {
        try {
            Object value = accessor(model.getClass(), name).invoke(model);
            return escaped ? Text.of(value) : value;
        } catch (NoSuchMethodException e) {
            throw new STNoSuchPropertyException(e, model, name);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("the property " + name + " of " + model.getClass(), e);
        }
    }

    private Method accessor(Class<?> type, String name) throws NoSuchMethodException {
        Map<String, Method> known = accessors.computeIfAbsent(type, t -> new HashMap<>());
        Method accessor = known.get(name);
        if (accessor == null) {
            accessor = type.getMethod(name);
            accessor.setAccessible(true);
            known.put(name, accessor);
        }
        return accessor;
    }
}
