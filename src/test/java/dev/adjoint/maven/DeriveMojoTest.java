package dev.adjoint.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.maven.doxia.sink.Sink;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.reporting.MavenReportException;
import org.codehaus.plexus.build.DefaultBuildContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The derivations as a report, as Maven's site asks for one. */
class DeriveMojoTest {
    private static final String LAYER = "package com.acme; layer Twice[N] { input x[N] output y[i < N] = 2*x[i] }";

    @TempDir
    private Path temp;

    private DeriveMojo mojo;

    @BeforeEach
    void configure() throws ReflectiveOperationException {
        mojo = new DeriveMojo(
                new DefaultBuildContext(new org.sonatype.plexus.build.incremental.DefaultBuildContext()),
                new org.sonatype.plexus.build.incremental.DefaultBuildContext());
        mojo.setLog(proxy(Log.class, (log, method, arguments) -> null));
        set("sourceDirectory", temp.resolve("specs").toFile());
    }

    @Test
    void theSiteFindsTheIndexWhereItLooksForTheReport() throws Exception {
        spec(LAYER);
        File site = temp.resolve("site").toFile();
        mojo.setReportOutputDirectory(site);
        assertThat(mojo.getReportOutputDirectory()).isEqualTo(site);
        assertThat(mojo.isExternalReport())
                .as("the site is not to write the page itself")
                .isTrue();
        assertThat(mojo.canGenerateReport()).isTrue();
        mojo.generate(untouched(), Locale.ROOT);
        assertThat(new File(site, mojo.getOutputPath() + ".html")).content().contains("href=\"com/acme/Twice.html\"");
        assertThat(new File(site, "adjoint/com/acme/Twice.html")).content().contains("<math");

        spec(LAYER.replace("Twice", "Doubled"));
        mojo.generate(untouched(), Locale.ROOT);
        assertThat(new File(site, "adjoint/com/acme/Twice.html"))
                .as("the page of a layer that is gone")
                .doesNotExist();
    }

    @Test
    void aWrongSpecFailsTheReport() throws Exception {
        spec(LAYER.replace("x[i]", "z[i]"));
        mojo.setReportOutputDirectory(temp.resolve("site").toFile());
        assertThatThrownBy(() -> mojo.generate(untouched(), Locale.ROOT))
                .isInstanceOf(MavenReportException.class)
                .hasMessageContaining("1 error");
        assertThat(temp.resolve("site")).doesNotExist();
    }

    @Test
    void withoutSpecsOrSkippedThereIsNoReport() throws Exception {
        assertThat(mojo.canGenerateReport()).isFalse();
        spec(LAYER);
        set("skip", true);
        assertThat(mojo.canGenerateReport()).isFalse();
    }

    private void spec(String text) throws IOException {
        Files.writeString(Files.createDirectories(temp.resolve("specs")).resolve("a.layer"), text);
    }

    private void set(String parameter, Object value) throws ReflectiveOperationException {
        Field field = DeriveMojo.class.getDeclaredField(parameter);
        field.setAccessible(true);
        field.set(mojo, value);
    }

    /** A page of the site that must stay as it is. */
    private static Sink untouched() {
        return proxy(Sink.class, (proxy, method, arguments) -> {
            throw new AssertionError(method);
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
