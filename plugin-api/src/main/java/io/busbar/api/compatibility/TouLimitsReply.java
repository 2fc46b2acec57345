package io.busbar.api.compatibility;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reply to {@link GetTouLimits} and {@link SetTouLimits}. */
public sealed interface TouLimitsReply {

  /**
   * A schedule and what it became.
   *
   * @param circuitId the circuit asset
   * @param microgridId what it belongs to
   * @param nodeId the node that its envelopes bound
   * @param timeZone whose wall clock is meant
   * @param schedule the windows; without any when none was ever set
   * @param updatedAt when it was set; absent when it never was
   * @param days the envelopes of the coming days
   */
  record Found(
      UUID circuitId,
      UUID microgridId,
      UUID nodeId,
      String timeZone,
      TouSchedule schedule,
      Optional<Instant> updatedAt,
      List<DayEnvelope> days)
      implements TouLimitsReply {
    public Found {
      days = List.copyOf(days);
    }
  }

  /** The envelope of one day of the site's calendar. */
  record DayEnvelope(LocalDate day, UUID envelopeId) {}

  /**
   * It could not be translated; nothing was changed.
   *
   * @param reasonCode {@code LIMIT_SCOPE_TRANSLATION_FAILED} or {@code
   *     LEGACY_POLICY_SCOPE_AMBIGUOUS}
   * @param message what is wrong
   * @param details each place and its problem
   */
  record Refused(String reasonCode, String message, List<String> details)
      implements TouLimitsReply {
    public Refused {
      details = List.copyOf(details);
    }
  }
}
