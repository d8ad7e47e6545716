package dev.adjoint.lang;

import dev.adjoint.diagnostic.Place;
import java.util.OptionalLong;

/** A named integer of a layer's signature, at least 1 if it counts the entries of an axis. */
public record Size(String name, OptionalLong defaultValue, Place place) {}
