package dev.adjoint.check;

import dev.adjoint.derive.Derivation;
import dev.adjoint.emit.SourceFile;
import dev.adjoint.lang.Generate;
import java.util.List;

/**
 * A class to be put to the test.
 *
 * @param derivation of {@code generate.layer()}
 * @param sources the class as it was emitted
 * @param twin the same plan emitted in double; the sources themselves if they are in double
 */
public record Subject(Generate generate, Derivation derivation, List<SourceFile> sources, List<SourceFile> twin) {
    public Subject {
        sources = List.copyOf(sources);
        twin = List.copyOf(twin);
    }

    /** The generate whose class is the twin: as it stands, but in double. */
    public static Generate inDouble(Generate generate) {
        Generate.Options o = generate.options();
        return new Generate(
                generate.className(),
                generate.javaPackage(),
                generate.layer(),
                generate.origin(),
                generate.bound(),
                new Generate.Options(
                        Generate.Options.Type.DOUBLE, o.target(), o.unroll(), o.winograd(), o.save(), o.parallel()),
                generate.place());
    }

    /** The fully qualified name of the class. */
    public String className() {
        String name = generate.className();
        return generate.javaPackage().isEmpty() ? name : generate.javaPackage() + "." + name;
    }
}
