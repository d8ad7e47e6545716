package dev.adjoint.template;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.stringtemplate.v4.Interpreter;
import org.stringtemplate.v4.ModelAdaptor;
import org.stringtemplate.v4.ST;
import org.stringtemplate.v4.misc.STNoSuchPropertyException;

/** The components of a record are its properties. */
final class RecordAdaptor implements ModelAdaptor<Record> {
    @Override
    public Object getProperty(Interpreter interpreter, ST self, Record model, Object property, String name) {
        try {
            Method accessor = model.getClass().getMethod(name);
            accessor.setAccessible(true);
            return accessor.invoke(model);
        } catch (NoSuchMethodException e) {
            throw new STNoSuchPropertyException(e, model, name);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("the property " + name + " of " + model.getClass(), e);
        }
    }
}
