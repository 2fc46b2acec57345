package io.busbar.api.envelope;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Everything that outside constraints bound of one microgrid at one instant.
 *
 * @param microgridId the microgrid
 * @param at the instant
 * @param validUntil when any of it changes at the latest, unless somebody says something new;
 *     absent when nothing is foreseen
 * @param limits ordered by node and type
 */
public record EffectiveLimits(
    UUID microgridId, Instant at, Optional<Instant> validUntil, List<EffectiveLimit> limits) {
  public EffectiveLimits {
    limits = List.copyOf(limits);
  }

  /** Nothing is bounded. */
  public static EffectiveLimits none(UUID microgridId, Instant at) {
    return new EffectiveLimits(microgridId, at, Optional.empty(), List.of());
  }
}
