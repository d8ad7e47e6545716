package dev.adjoint.bench.contender;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The compiler of this JDK, for what cannot be compiled before the command is run. */
final class Javac {
    private Javac() {}

    /**
     * Compiles for Java 17. A compiler that is told the {@code --release} knows no module that incubates, so that what
     * needs one is compiled with {@code -source} and {@code -target}.
     *
     * @param modules {@code --add-modules} and its value; empty if none is needed
     * @return what is wrong, in the compiler's words; empty if nothing is
     */
    static Optional<String> compile(List<Path> sources, Path classes, List<String> modules) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IOException("this Java has no compiler: run on a JDK");
        }
        Files.createDirectories(classes);
        if (sources.isEmpty()) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>(List.of("-proc:none", "-nowarn", "-encoding", "UTF-8"));
        words.addAll(modules.isEmpty() ? List.of("--release", "17") : List.of("-source", "17", "-target", "17"));
        words.addAll(modules);
        String path = System.getProperty("java.class.path");
        words.addAll(List.of("-d", classes.toString(), "-classpath", path));
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            messages, files, null, words, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            return compiled ? Optional.empty() : Optional.of(messages.toString());
        }
    }
}
