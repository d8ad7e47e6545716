package dev.adjoint.build;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Nearest;
import dev.adjoint.diagnostic.Place;
import java.util.List;

/** What can be wrong with records of plans and with their making, each with its code. */
final class PlanTrouble {
    private static final String AGAIN = "run `adjoint generate` with --tune again, or delete the line";

    private PlanTrouble() {}

    static Diagnostic malformed(Place place) {
        return Diagnostic.error("B021", place, "this line of the record of plans cannot be read")
                .help(
                        "a line is `Class.tensor: plan`, or begins with #; restore it, or run --tune again without the file");
    }

    static Diagnostic twice(String what, Place place, Place first) {
        return Diagnostic.error("B021", place, "a second plan for " + what)
                .note("the first one is here", first)
                .help("delete one of the two lines");
    }

    static Diagnostic noSuchClass(String name, Place place, List<String> known) {
        Diagnostic diagnostic =
                Diagnostic.warning("B022", place, "the spec generates no class `" + name + "`: the line does nothing");
        return diagnostic.help(Nearest.to(name, known)
                .map(n -> "did you mean `" + n + "`? else delete the line")
                .orElse("delete the line"));
    }

    static Diagnostic noChoice(String tensor, String className, Place place) {
        return Diagnostic.warning(
                        "B023",
                        place,
                        "there is no choice of plans for `" + tensor + "` of " + className + ": the line does nothing")
                .help(AGAIN);
    }

    static Diagnostic noSuchPlan(String tensor, String className, Place place) {
        return Diagnostic.warning(
                        "B024",
                        place,
                        "`" + tensor + "` of " + className
                                + " has no such plan any more: the planner's own choice is taken")
                .help(AGAIN);
    }

    static Diagnostic openSizes(String className, List<String> open, Place place) {
        String options =
                String.join(" ", open.stream().map(s -> "--size " + s + "=N").toList());
        return Diagnostic.warning(
                        "B025", place, className + " was not tuned: its sizes " + String.join(", ", open) + " are open")
                .help("say at which sizes to measure: " + options);
    }

    static Diagnostic impossibleSizes(String className, String sizes, Place place) {
        return Diagnostic.warning("B025", place, className + " was not tuned: it cannot have the sizes " + sizes)
                .help("choose sizes at which no axis is empty and every assumption holds");
    }

    static Diagnostic nothingToTune() {
        return Diagnostic.warning("B025", null, "no class has plans to choose between: nothing was tuned")
                .help("classes with vectors have: write `{ target = vector }` behind their `generate`");
    }

    static Diagnostic unusedSize(String size) {
        return Diagnostic.warning("B025", null, "no class that was to be tuned has an open size `" + size + "`")
                .help("--size names sizes that a `generate` leaves open");
    }

    static Diagnostic faulty(String tensor, String className, String plan, String fault, Place place) {
        return Diagnostic.error("B026", place, "a plan for `" + tensor + "` of " + className + " " + fault)
                .note("the plan: " + plan, null)
                .help("it was not chosen; please report it with the spec");
    }

    static Diagnostic undecided(String tensor, String className, String failure, Place place) {
        return Diagnostic.error("B027", place, "`" + tensor + "` of " + className + " was not tuned: " + failure)
                .help("what is recorded of it stays as it is");
    }
}
