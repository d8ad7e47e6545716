/**
 * Pages: a small document of headings, paragraphs, formulas, steps, figures, tables and code, and what prints it as
 * HTML, LaTeX and Markdown through the templates. Documents know no markup, printers know no derivation.
 */
@NullMarked
package dev.adjoint.report.page;

import org.jspecify.annotations.NullMarked;
