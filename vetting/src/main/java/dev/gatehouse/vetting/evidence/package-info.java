/**
 * What is found out about artifacts for their verdicts: inspections of their bytes, which are
 * stored, and the advisories, which are followed.
 */
@NullMarked
package dev.gatehouse.vetting.evidence;

import org.jspecify.annotations.NullMarked;
