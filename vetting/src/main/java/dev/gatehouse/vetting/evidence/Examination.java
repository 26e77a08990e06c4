package dev.gatehouse.vetting.evidence;

import dev.gatehouse.vetting.policy.Inspected;
import java.time.Instant;

/**
 * One inspection of an artifact's bytes.
 *
 * @param inspected what a verdict needs of it
 * @param report all of it, in the schema {@code gatehouse-report/1}
 * @param at when
 */
public record Examination(Inspected inspected, String report, Instant at) {}
