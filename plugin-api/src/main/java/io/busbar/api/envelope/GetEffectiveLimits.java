package io.busbar.api.envelope;

import java.time.Instant;
import java.util.Optional;

/**
 * Asks what outside constraints bound.
 *
 * @param guardAt asked by a cycle that begins at that instant, before anything else: the effective
 *     capacity of every managed grid connection is brought up to date first (trigger {@code
 *     REBALANCE_GUARD}), which never asks for another cycle; absent for a look that changes nothing
 */
public record GetEffectiveLimits(Optional<Instant> guardAt) {}
