package dev.adjoint.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Place;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.codehaus.plexus.build.BuildContext;
import org.codehaus.plexus.build.DefaultBuildContext;
import org.junit.jupiter.api.Test;

/** What a user sees of diagnostics: lines of the log, and in an editor markers as well. */
class MessagesTest {
    private static final String FILE = Path.of("conv.layer").toAbsolutePath().toString();
    private static final Diagnostic ERROR = Diagnostic.error("L022", Place.at(FILE, 6, 27), "`oo` is not known here")
            .help("did you mean `o`?");
    private static final Diagnostic WARNING = Diagnostic.warning("L090", Place.at(FILE, 2, 1), "nobody uses `w`");

    private final List<String> log = new ArrayList<>();
    private final List<String> editor = new ArrayList<>();

    @Test
    void everyDiagnosticIsALineThatEditorsLinkTo() {
        new Messages(log(), commandLine()).show(List.of(ERROR, WARNING));
        assertThat(log)
                .containsExactly(
                        "warn " + FILE + ":[2,1] L090: nobody uses `w`",
                        "error " + FILE + ":[6,27] L022: `oo` is not known here\n  help: did you mean `o`?");
    }

    @Test
    void whatIsFoundTwiceIsToldOnce() {
        new Messages(log(), commandLine()).show(List.of(ERROR, ERROR));
        assertThat(log).hasSize(1);
    }

    @Test
    void errorsEndTheBuildAndWarningsDoNot() {
        Messages messages = new Messages(log(), commandLine());
        messages.show(List.of(WARNING));
        assertThatCode(() -> messages.throwIfErrors("")).doesNotThrowAnyException();
        messages.show(List.of(ERROR));
        assertThatThrownBy(() -> messages.throwIfErrors("; nothing was written"))
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("Adjoint found 1 error, which is shown above; nothing was written");
    }

    @Test
    void anEditorMarksTheLine() {
        BuildContext context = recording(BuildContext.class, editor);
        new Messages(log(), new Markers(context, silent())).show(List.of(ERROR));
        assertThat(editor)
                .containsExactly("addMessage " + FILE + " 6 27 L022: `oo` is not known here\n  help: did you mean `o`? "
                        + BuildContext.SEVERITY_ERROR + " null");
    }

    @Test
    void anEditorThatReplacesOnlyTheLegacyContextMarksTheLineToo() {
        org.sonatype.plexus.build.incremental.BuildContext legacy =
                recording(org.sonatype.plexus.build.incremental.BuildContext.class, editor);
        new Messages(log(), new Markers(new DefaultBuildContext(legacy), legacy)).show(List.of(ERROR));
        assertThat(editor).singleElement().asString().startsWith("addMessage " + FILE + " 6 27 L022");
    }

    private Log log() {
        return recording(Log.class, log);
    }

    private static Markers commandLine() {
        return new Markers(new DefaultBuildContext(silent()), silent());
    }

    private static org.sonatype.plexus.build.incremental.BuildContext silent() {
        return new org.sonatype.plexus.build.incremental.DefaultBuildContext();
    }

    /** An implementation that does nothing but note each call. */
    private static <T> T recording(Class<T> type, List<String> calls) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            calls.add(method.getName() + " "
                    + String.join(" ", Arrays.stream(args).map(String::valueOf).toList()));
            return null;
        }));
    }
}
