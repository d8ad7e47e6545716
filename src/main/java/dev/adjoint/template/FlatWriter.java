package dev.adjoint.template;

import java.io.IOException;
import java.io.Writer;
import org.stringtemplate.v4.AutoIndentWriter;

/** Writes lines as they are, indented nowhere, each ended by LF on every platform; public as StringTemplate makes more. */
public final class FlatWriter extends AutoIndentWriter {
    public FlatWriter(Writer out) {
        super(out, "\n");
    }

    @Override
    public int indent() throws IOException {
        return 0;
    }
}
