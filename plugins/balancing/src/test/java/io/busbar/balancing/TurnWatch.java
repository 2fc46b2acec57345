package io.busbar.balancing;

import io.busbar.api.field.SetPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Follows who may charge and who waits, by the set-points that devices get. */
final class TurnWatch {

  private final Map<UUID, Instant> onSince = new HashMap<>();
  private final Map<UUID, Instant> offSince = new HashMap<>();
  private final Map<UUID, Instant> waitsSince = new HashMap<>();
  private final Set<UUID> served = new HashSet<>();
  private Duration shortestOn = Duration.ofDays(365);
  private Duration shortestOff = Duration.ofDays(365);
  private Duration longestWait = Duration.ZERO;
  private int turns;
  private int seen;

  /** A vehicle begins to wait at each. */
  TurnWatch(List<UUID> connectors, Instant now) {
    connectors.forEach(connector -> waitsSince.put(connector, now));
  }

  /** Devices got set-points. */
  void take(FakeDepot depot) {
    for (; seen < depot.received.size(); seen++) {
      take(depot.received.get(seen), depot.receivedAt.get(seen));
    }
  }

  private void take(SetPoint setPoint, Instant now) {
    UUID connector = setPoint.nodeId();
    if (setPoint.limitWatts() > 0 && !onSince.containsKey(connector)) {
      Instant off = offSince.remove(connector);
      shortestOff = off == null ? shortestOff : shorter(shortestOff, Duration.between(off, now));
      longestWait = longer(longestWait, Duration.between(waitsSince.remove(connector), now));
      onSince.put(connector, now);
      served.add(connector);
      turns++;
    } else if (setPoint.limitWatts() == 0 && onSince.containsKey(connector)) {
      shortestOn = shorter(shortestOn, Duration.between(onSince.remove(connector), now));
      offSince.put(connector, now);
      waitsSince.put(connector, now);
    }
  }

  /** Those who still wait count with what they have waited. */
  void end(Instant now) {
    waitsSince.values().forEach(w -> longestWait = longer(longestWait, Duration.between(w, now)));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  /** How many may charge now. */
  int on() {
    return onSince.size();
  }

  /** How many have had a turn. */
  int served() {
    return served.size();
  }

  int turns() {
    return turns;
  }

  Duration shortestOn() {
    return shortestOn;
  }

  Duration shortestOff() {
    return shortestOff;
  }

  Duration longestWait() {
    return longestWait;
  }
}
