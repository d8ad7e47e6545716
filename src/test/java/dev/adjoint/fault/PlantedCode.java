package dev.adjoint.fault;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Classes of the project with faults in them, and all the others once more beside them, in a loader of their own. */
final class PlantedCode extends ClassLoader {
    private static final Pattern QUESTION = Pattern.compile("Switch\\.on\\((\\d+)\\)");

    private final Path compiled;
    private final List<Planting.Fault> faults;

    private PlantedCode(Path compiled, List<Planting.Fault> faults) {
        super(PlantedCode.class.getClassLoader());
        this.compiled = compiled;
        this.faults = faults;
    }

    List<Planting.Fault> faults() {
        return faults;
    }

    /**
     * The planted code and its faults; those that the compiler does not take are left out.
     *
     * @param files the paths of sources of the project, below {@code src/main/java}
     */
    static PlantedCode of(List<Path> files, Path into) throws IOException {
        Set<Integer> refused = new HashSet<>();
        while (true) {
            Planting planting = new Planting(refused);
            List<Source> sources = new ArrayList<>();
            for (Path file : files) {
                String name = file.getFileName().toString().replace(".java", "");
                String text = Files.readString(Path.of("src/main/java").resolve(file));
                sources.add(new Source(file, planting.plant(name, text)));
            }
            Set<Integer> more = compile(sources, into);
            if (more.isEmpty()) {
                return new PlantedCode(into, planting.faults());
            }
            if (!refused.addAll(more)) {
                throw new IllegalStateException("the planted code does not compile for faults " + more);
            }
        }
    }

    /** The faults at which the compiler stops. */
    private static Set<Integer> compile(List<Source> sources, Path into) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8)) {
            manager.setLocation(StandardLocation.CLASS_OUTPUT, List.of(into.toFile()));
            compiler.getTask(null, manager, found, List.of("-proc:none", "-nowarn", "--release", "17"), null, sources)
                    .call();
        }
        Set<Integer> stopped = new HashSet<>();
        for (Diagnostic<? extends JavaFileObject> each : found.getDiagnostics()) {
            if (each.getKind() == Diagnostic.Kind.ERROR) {
                stopped.add(before(((Source) each.getSource()).text, Math.toIntExact(each.getPosition()), each));
            }
        }
        return stopped;
    }

    /** The last fault that is asked for before a place in the text. */
    private static int before(String text, int place, Object error) {
        Matcher question = QUESTION.matcher(text).region(0, place);
        int last = -1;
        while (question.find()) {
            last = Integer.parseInt(question.group(1));
        }
        if (last < 0) {
            throw new IllegalStateException("the planted code does not compile: " + error);
        }
        return last;
    }

    /** A file that was never written to a disk. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(Path file, String text) {
            super(URI.create("planted:///" + file.toString().replace('\\', '/')), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith("dev.adjoint.") || name.startsWith("dev.adjoint.fault.")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/') + ".class";
        Path planted = compiled.resolve(path);
        try (InputStream in = Files.exists(planted)
                ? Files.newInputStream(planted)
                : getParent().getResourceAsStream(path)) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
