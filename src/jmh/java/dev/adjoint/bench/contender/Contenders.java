package dev.adjoint.bench.contender;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All contenders: those of this room, and the peers, which the profile of that name compiles. */
public final class Contenders {
    /** The module of the Vector API, which must be asked for while it incubates. */
    static final List<String> VECTOR_MODULE = List.of("--add-modules", "jdk.incubator.vector");

    private static final String PEERS = "dev.adjoint.bench.peer.";

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
        Map<String, String> peers = new LinkedHashMap<>();
        peers.put("onednn", "OneDnnContender");
        peers.put("onednn-bare", "OneDnnBareContender");
        peers.put("libtorch", "TorchContender");
        peers.forEach((name, className) -> all.add(peer(name, PEERS + className)));
        return all;
    }

    /** A peer, found by the name of its class: where the profile is off, there is none. */
    private static Contender peer(String name, String className) {
        try {
            return (Contender) Class.forName(className).getConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            return new AbsentContender(name);
        }
    }
}
