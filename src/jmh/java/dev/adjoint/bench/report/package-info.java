/**
 * What was measured, and how it is shown: a table in Markdown, a chart in SVG, all numbers in JSON. Imports the
 * workloads.
 */
@NullMarked
package dev.adjoint.bench.report;

import org.jspecify.annotations.NullMarked;
