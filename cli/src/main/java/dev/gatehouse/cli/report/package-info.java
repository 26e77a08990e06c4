/**
 * What the commands that report findings have in common: the options of the report, where it goes,
 * the line of progress.
 */
@NullMarked
package dev.gatehouse.cli.report;

import org.jspecify.annotations.NullMarked;
