package dev.adjoint.bench.contender;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** All contenders: those of this room, and the peers that are on the class path. */
public final class Contenders {
    /** The module of the Vector API, which must be asked for while it incubates. */
    public static final List<String> VECTOR_MODULE = List.of("--add-modules", "jdk.incubator.vector");

    private Contenders() {}

    /** In the order of the tables. */
    public static List<Contender> all() {
        List<Contender> all = new ArrayList<>();
        all.add(new GeneratedContender(
                "nest", "generated, the loop nest in equation order ({ unroll = none })", "unroll = none", List.of()));
        all.add(new GeneratedContender("portable", "generated, plain Java (the default target)", "", List.of()));
        all.add(new GeneratedContender(
                "vector", "generated, Vector API ({ target = vector })", "target = vector", VECTOR_MODULE));
        all.add(new Im2colContender());
        ServiceLoader.load(Contender.class).forEach(all::add);
        return all;
    }
}
