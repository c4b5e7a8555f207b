/**
 * One self-contained HTML page from the results that the command line writes as JSON: {@link
 * io.github.dl4jprune.report.Report}.
 */
@NullMarked
package io.github.dl4jprune.report;

import org.jspecify.annotations.NullMarked;
