/**
 * The benchmark room: every pass of every workload, computed by every contender, checked against double precision and
 * timed with JMH, each in JVMs of its own. {@link dev.adjoint.bench.Bench} is the command. Imports {@code workload},
 * {@code contender} and {@code report}, and is the only one to know JMH.
 */
@NullMarked
package dev.adjoint.bench;

import org.jspecify.annotations.NullMarked;
