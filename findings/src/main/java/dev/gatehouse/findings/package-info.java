/**
 * What a command found out about its targets: findings with their rules and severities, what could
 * not be read, and the report that holds both. For every module that looks at something and for the
 * writers that show it; uses nothing of ours.
 */
@NullMarked
package dev.gatehouse.findings;

import org.jspecify.annotations.NullMarked;
