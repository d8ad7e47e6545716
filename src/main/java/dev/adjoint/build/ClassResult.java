package dev.adjoint.build;

import dev.adjoint.check.ClassReport;
import dev.adjoint.diagnostic.Place;
import java.util.Optional;

/**
 * A class of a run.
 *
 * @param name with its package
 * @param spec the name of the spec that asks for it
 * @param place the statement that does
 * @param check what its check found; empty if none was wanted
 */
public record ClassResult(String name, String spec, Place place, Optional<ClassReport> check) {}
