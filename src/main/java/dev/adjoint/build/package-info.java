/**
 * A directory of specs to a directory of outputs: fingerprints, manifest, atomic writes, records of measured plans,
 * progress. In: a source directory, an output directory, options. Out: files that are written when their bytes differ
 * and deleted only if the manifest lists them and nobody has edited them. It may import every stage of the pipeline,
 * from {@code diagnostic} to {@code report}.
 */
@NullMarked
package dev.adjoint.build;

import org.jspecify.annotations.NullMarked;
