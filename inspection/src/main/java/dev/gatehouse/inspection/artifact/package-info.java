/**
 * One artifact, whole: its archive, where an installer would put its files, their integrity, their
 * code and the archives inside, as one report. For the audit and the vetting.
 */
@NullMarked
package dev.gatehouse.inspection.artifact;

import org.jspecify.annotations.NullMarked;
