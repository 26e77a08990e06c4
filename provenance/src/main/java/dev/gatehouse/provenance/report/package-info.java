/** What was proved of an artifact or a project, as a report of {@code findings} holds it. */
@NullMarked
package dev.gatehouse.provenance.report;

import org.jspecify.annotations.NullMarked;
