package dev.adjoint.template;

import java.util.ArrayList;
import java.util.List;
import org.stringtemplate.v4.STErrorListener;
import org.stringtemplate.v4.misc.STMessage;

/** Whatever goes wrong in a template is a bug of this project: it is kept and thrown. */
final class Failures implements STErrorListener {
    private final String where;
    private final List<String> messages = new ArrayList<>();

    Failures(String where) {
        this.where = where;
    }

    void check() {
        if (!messages.isEmpty()) {
            throw new IllegalStateException("template " + where + ": " + String.join("; ", messages));
        }
    }

    @Override
    public void compileTimeError(STMessage message) {
        messages.add(message.toString());
    }

    @Override
    public void runTimeError(STMessage message) {
        messages.add(message.toString());
    }

    @Override
    public void IOError(STMessage message) {
        messages.add(message.toString());
    }

    @Override
    public void internalError(STMessage message) {
        messages.add(message.toString());
    }
}
