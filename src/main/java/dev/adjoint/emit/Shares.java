package dev.adjoint.emit;

import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Step;
import dev.adjoint.plan.ClassPlan;
import dev.adjoint.plan.Planner;
import dev.adjoint.transform.Sharing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The loops that threads share as records for the template. */
final class Shares {
    private final ClassPlan plan;
    private final Vocabulary words;

    Shares(ClassPlan plan, Vocabulary words) {
        this.plan = plan;
        this.words = words;
    }

    /**
     * @param fields of the class, each of which a helper has too
     * @param scans helper methods that go through whole arrays
     */
    ClassView.TeamView team(List<ClassView.FieldView> fields, Set<String> scans) {
        List<ClassView.ShareView> shares = new ArrayList<>();
        long reals = 1;
        long integers = 0;
        long numbers = 0;
        for (Step.Share share : plan.shares()) {
            shares.add(share(share, shares.size()));
            reals = Math.max(
                    reals, passed(share).stream().filter(b -> !b.integer()).count());
            integers = Math.max(
                    integers, passed(share).stream().filter(Buffer::integer).count());
            numbers = Math.max(numbers, share.ints().size());
        }
        List<ClassView.ScanView> numbered = new ArrayList<>();
        for (String scan : List.of("isFinite", "isModerate")) {
            if (scans.contains(scan)) {
                numbered.add(new ClassView.ScanView(shares.size() + numbered.size(), scan));
            }
        }
        int bytes = words.type().equals("float") ? Float.BYTES : Double.BYTES;
        List<String> names = fields.stream().map(ClassView.FieldView::name).toList();
        return new ClassView.TeamView(
                Docs.threads(),
                Sharing.WAKE,
                Sharing.LEAST,
                Sharing.CACHE / bytes,
                Sharing.LINE / bytes,
                shares.stream().anyMatch(s -> !s.whole().isEmpty()),
                (int) reals,
                (int) integers,
                (int) numbers,
                shares,
                numbered,
                Construction.ofWorker(plan, names));
    }

    private ClassView.ShareView share(Step.Share share, int number) {
        List<String> parameters = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        List<ClassView.PassedView> passed = new ArrayList<>();
        List<String> taken = new ArrayList<>();
        List<String> whole = new ArrayList<>();
        int reals = 0;
        int integers = 0;
        for (Buffer buffer : share.part().buffers()) {
            parameters.add((buffer.integer() ? "int" : words.type()) + "[] " + buffer);
            arguments.add(buffer.name());
            if (isOwn(share, buffer)) {
                taken.add(buffer.name());
            } else {
                String place = buffer.integer() ? "integers[" + integers++ + "]" : "reals[" + reals++ + "]";
                passed.add(new ClassView.PassedView(place, buffer.name()));
                taken.add("team." + place);
                if (share.whole().contains(buffer)) {
                    whole.add("team." + place);
                }
            }
        }
        for (int k = 0; k < share.ints().size(); k++) {
            String name = share.part().ints().get(k);
            parameters.add("int " + name);
            arguments.add(name);
            passed.add(new ClassView.PassedView("numbers[" + k + "]", name));
            taken.add("team.numbers[" + k + "]");
        }
        return new ClassView.ShareView(
                number,
                name(share),
                share.part().name(),
                parameters,
                arguments,
                passed,
                taken,
                whole,
                share.rest() != null);
    }

    private static List<Buffer> passed(Step.Share share) {
        return share.part().buffers().stream().filter(b -> !isOwn(share, b)).toList();
    }

    private static boolean isOwn(Step.Share share, Buffer buffer) {
        return share.own().stream().anyMatch(b -> b.name().equals(buffer.name()));
    }

    private static String name(Step.Share share) {
        return "share" + Planner.capital(share.part().name());
    }

    /** The call that shares a loop; how much there is to do is computed in 64 bits. */
    static String call(Step.Share share, JavaText text) {
        List<String> arguments = new ArrayList<>();
        share.part().buffers().forEach(b -> arguments.add(b.name()));
        share.ints().forEach(i -> arguments.add(text.integer(i)));
        arguments.add(text.integer(share.count()));
        arguments.add(text.longInteger(share.work()));
        return name(share) + "(" + String.join(", ", arguments) + ")";
    }
}
