package dev.adjoint.emit;

import dev.adjoint.plan.Buffer;
import dev.adjoint.plan.ClassPlan;
import dev.adjoint.plan.Planner;
import dev.adjoint.plan.Sharing;
import dev.adjoint.plan.Step;
import java.util.ArrayList;
import java.util.List;

/** The loops that threads share as records for the template. */
final class Shares {
    private final ClassPlan plan;
    private final Vocabulary words;

    Shares(ClassPlan plan, Vocabulary words) {
        this.plan = plan;
        this.words = words;
    }

    /** @param fields of the class, each of which a helper has too */
    ClassView.TeamView team(List<ClassView.FieldView> fields) {
        List<ClassView.ShareView> shares = new ArrayList<>();
        int reals = 0;
        int integers = 0;
        for (Step.Share share : plan.shares()) {
            shares.add(share(share, shares.size()));
            reals = Math.max(reals, (int) passed(share).stream().filter(b -> !b.integer()).count());
            integers = Math.max(integers, (int) passed(share).stream().filter(Buffer::integer).count());
        }
        return new ClassView.TeamView(
                Docs.threads(plan),
                Sharing.LEAST,
                reals,
                integers,
                shares,
                Construction.ofWorker(plan, fields.stream().map(ClassView.FieldView::name).toList()));
    }

    private ClassView.ShareView share(Step.Share share, int number) {
        List<String> parameters = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        List<ClassView.PassedView> passed = new ArrayList<>();
        List<String> taken = new ArrayList<>();
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
                taken.add(place);
            }
        }
        return new ClassView.ShareView(
                number, name(share), share.part().name(), parameters, arguments, passed, taken);
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

    /** The call that shares a loop; how much it is to do is computed in 64 bits. */
    static String call(Step.Share share, JavaText text) {
        List<String> arguments = new ArrayList<>();
        share.part().buffers().forEach(b -> arguments.add(b.name()));
        arguments.add(text.integer(share.count()));
        arguments.add(text.longInteger(share.work()));
        return name(share) + "(" + String.join(", ", arguments) + ");";
    }
}
