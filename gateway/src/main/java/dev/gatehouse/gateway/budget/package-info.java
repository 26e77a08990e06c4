/**
 * Who may still spend, ask and wait: budgets, rates and concurrent calls of keys, users and teams.
 * All of it is in memory and exact; what was spent is rebuilt from {@link
 * dev.gatehouse.gateway.usage} at the start.
 */
@NullMarked
package dev.gatehouse.gateway.budget;

import org.jspecify.annotations.NullMarked;
