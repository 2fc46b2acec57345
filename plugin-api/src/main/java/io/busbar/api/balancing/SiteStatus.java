package io.busbar.api.balancing;

import io.busbar.api.field.ChargingSession;
import io.busbar.api.field.Reading;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * State of one site.
 *
 * @param microgridId the site
 * @param lastCycle newest cycle; absent before the first
 * @param openBreaches breaches not yet closed
 * @param alerts what needs a person, most serious first
 * @param readings newest reading of every node
 * @param sessions sessions that last
 * @param settings how it is balanced
 */
public record SiteStatus(
    UUID microgridId,
    Optional<CycleResult> lastCycle,
    List<Breach> openBreaches,
    List<Alert> alerts,
    List<Reading> readings,
    List<ChargingSession> sessions,
    SiteSettings settings) {
  public SiteStatus {
    openBreaches = List.copyOf(openBreaches);
    alerts = List.copyOf(alerts);
    readings = List.copyOf(readings);
    sessions = List.copyOf(sessions);
  }
}
