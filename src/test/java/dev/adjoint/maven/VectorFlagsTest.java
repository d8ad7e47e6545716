package dev.adjoint.maven;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project whose compiler cannot see the Vector API is told what to paste, before the compiler says less. */
class VectorFlagsTest {
    private static final String ARGUMENTS =
            "<compilerArgs><arg>--add-modules</arg><arg>jdk.incubator.vector</arg></compilerArgs>";

    @TempDir
    private Path sources;

    @BeforeEach
    void generateAClass() throws IOException {
        Files.writeString(sources.resolve("AVector.java"), "import jdk.incubator.vector.FloatVector;");
    }

    private static MavenProject project(String configuration) {
        Plugin plugin = new Plugin();
        plugin.setArtifactId("maven-compiler-plugin");
        plugin.setConfiguration("<configuration>" + configuration + "</configuration>");
        Model model = new Model();
        model.setBuild(new Build());
        model.getBuild().addPlugin(plugin);
        return new MavenProject(model);
    }

    private String fault(String release, MavenProject project) {
        return VectorFlags.fault(project, release, sources)
                .map(Diagnostic::message)
                .orElse("");
    }

    @Test
    void nothingIsWrongWhereTheModuleIsAdded() {
        assertThat(fault("", project("<source>17</source>" + ARGUMENTS))).isEmpty();
    }

    @Test
    void aMissingFlagIsToldWithTheConfigurationToPaste() {
        MavenProject project = project("<source>17</source>");
        assertThat(fault("", project)).endsWith("import: it is not told to add that module");
        assertThat(VectorFlags.fault(project, null, sources).orElseThrow().toString())
                .contains(ARGUMENTS);
    }

    @Test
    void aReleaseHidesTheModule() {
        assertThat(fault("17", project(ARGUMENTS))).endsWith("import: its --release hides modules that incubate");
        assertThat(fault("", project(ARGUMENTS + "<release>21</release>")))
                .endsWith("import: its --release hides modules that incubate");
    }

    @Test
    void aModuleMustRequireIt() throws IOException {
        MavenProject project = project(ARGUMENTS);
        project.addCompileSourceRoot(sources.toString());
        Path info = Files.writeString(sources.resolve("module-info.java"), "module m {}");
        assertThat(fault("", project)).endsWith("import: module-info.java does not require it");
        Files.writeString(info, "module m { requires static jdk.incubator.vector; }");
        assertThat(fault("", project)).isEmpty();
    }

    @Test
    void whoHasNoVectorsNeedsNoFlag() throws IOException {
        Files.delete(sources.resolve("AVector.java"));
        assertThat(fault("17", project(""))).isEmpty();
    }
}
