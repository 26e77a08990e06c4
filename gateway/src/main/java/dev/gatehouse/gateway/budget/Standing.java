package dev.gatehouse.gateway.budget;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an account stands at a moment.
 *
 * @param spent nano-USD in the budget's period, or ever where it has no budget
 * @param spentEver nano-USD
 * @param reserved nano-USD for calls that run
 * @param running how many calls run
 * @param resets when the budget begins anew; empty: never
 * @param requestsLeft how many requests may come at once; null: without limit
 * @param tokensLeft how many tokens they may take; null: without limit
 */
public record Standing(
    Limits limits,
    long spent,
    long spentEver,
    long reserved,
    long running,
    Optional<Instant> resets,
    @Nullable Long requestsLeft,
    @Nullable Long tokensLeft) {}
