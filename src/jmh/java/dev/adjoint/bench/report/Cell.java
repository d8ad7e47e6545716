package dev.adjoint.bench.report;

import dev.adjoint.bench.workload.Pass;
import dev.adjoint.bench.workload.Workload;

/** A row of the table: what all contenders compute there. */
public record Cell(Workload workload, Pass pass) {
    @Override
    public String toString() {
        return workload.name() + " " + pass.word();
    }
}
