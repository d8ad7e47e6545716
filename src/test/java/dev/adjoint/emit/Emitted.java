package dev.adjoint.emit;

import dev.adjoint.derive.Derivation;
import dev.adjoint.lang.Generate;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** An emitted class, compiled in memory without a warning. */
public final class Emitted {
    private final String source;
    private final Map<String, byte[]> classes;
    private final Class<?> type;

    private Emitted(String source, Map<String, byte[]> classes, Class<?> type) {
        this.source = source;
        this.classes = classes;
        this.type = type;
    }

    public static Emitted of(Generate generate, Derivation derivation) {
        List<SourceFile> files = Emitter.emit(generate, derivation, "specs/test.layer");
        return compile(
                files, (generate.javaPackage().isEmpty() ? "" : generate.javaPackage() + ".") + generate.className());
    }

    public static Emitted compile(List<SourceFile> files, String name) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Map<String, byte[]> classes = new HashMap<>();
        List<JavaFileObject> sources = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (SourceFile file : files) {
            text.append(file.text());
            sources.add(new SimpleJavaFileObject(URI.create("mem:///" + file.path()), JavaFileObject.Kind.SOURCE) {
                @Override
                public CharSequence getCharContent(boolean ignore) {
                    return file.text();
                }
            });
        }
        StringWriter messages = new StringWriter();
        StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, null);
        JavaFileManager manager = new ForwardingJavaFileManager<>(standard) {
            @Override
            public JavaFileObject getJavaFileForOutput(
                    Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
                return new SimpleJavaFileObject(URI.create("mem:///" + className + ".class"), kind) {
                    @Override
                    public OutputStream openOutputStream() {
                        return new ByteArrayOutputStream() {
                            @Override
                            public void close() {
                                classes.put(className, toByteArray());
                            }
                        };
                    }
                };
            }
        };
        List<String> options = new ArrayList<>(List.of(
                "-Xlint:all,-options", "-proc:none", "-parameters", "-Xdoclint:all,-missing", "-encoding", "UTF-8"));
        boolean vectors = text.indexOf("import jdk.incubator.vector") >= 0;
        // --release hides the modules that incubate.
        options.addAll(
                vectors
                        ? List.of("-source", "17", "-target", "17", "--add-modules", "jdk.incubator.vector")
                        : List.of("--release", "17"));
        boolean compiled = compiler.getTask(messages, manager, null, options, null, sources)
                .call();
        String said = messages.toString()
                .replaceAll("warning: (\\[incubating\\] )?using incubating module\\(s\\): jdk.incubator.vector", "")
                .replace("1 warning", "")
                .strip();
        if (!compiled || !said.isEmpty()) {
            throw new AssertionError(messages + "\n" + text);
        }
        ClassLoader loader = new ClassLoader(Emitted.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String wanted) throws ClassNotFoundException {
                byte[] bytes = classes.get(wanted);
                if (bytes == null) {
                    throw new ClassNotFoundException(wanted);
                }
                return defineClass(wanted, bytes, 0, bytes.length);
            }
        };
        try {
            return new Emitted(text.toString(), classes, loader.loadClass(name));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    public String source() {
        return source;
    }

    public Class<?> type() {
        return type;
    }

    /** The bytes of the class file. */
    public byte[] bytes() {
        return classes.get(type.getName());
    }

    /** The class files of all classes that were emitted, by their names. */
    public Map<String, byte[]> classFiles() {
        return Map.copyOf(classes);
    }
}
