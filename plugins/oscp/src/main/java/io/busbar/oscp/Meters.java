package io.busbar.oscp;

import io.busbar.api.field.Reading;
import io.busbar.api.field.Readings;
import io.busbar.oscp.ConnectionConfig.GroupBinding;
import io.busbar.oscp.EnergyCounter.Energy;
import io.busbar.oscp.MeasurementBodies.Ends;
import io.busbar.oscp.Windows.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/** Energy and power of the groups of one connection. */
final class Meters {

  private static final Duration FRESH = Duration.ofMinutes(2);

  private final ConnectionConfig config;
  private final Sites sites;
  private final Map<UUID, EnergyCounter> counters = new HashMap<>();

  Meters(ConnectionConfig config, Sites sites) {
    this.config = config;
    this.sites = sites;
  }

  void load(Change.PutCounter stored) {
    counter(stored.nodeId()).load(stored.count());
  }

  private EnergyCounter counter(UUID nodeId) {
    return counters.computeIfAbsent(
        nodeId, id -> new EnergyCounter(config.profile().metering().period()));
  }

  synchronized void add(Readings readings) {
    for (GroupBinding group : config.groups()) {
      if (group.microgridId().equals(readings.microgridId())) {
        Set<UUID> devices = sites.devices(group);
        for (Reading reading : readings.readings()) {
          if (devices.contains(reading.nodeId())) {
            counter(reading.nodeId()).add(reading);
          }
        }
      }
    }
  }

  /** What a group draws now; empty when nobody measured lately. */
  synchronized OptionalInt power(GroupBinding group, Instant now) {
    int sum = 0;
    boolean known = false;
    for (UUID device : sites.devices(group)) {
      OptionalInt power =
          counter(device)
              .last()
              .filter(count -> !count.at().plus(FRESH).isBefore(now))
              .map(EnergyCounter.Count::powerWatts)
              .orElse(OptionalInt.empty());
      known |= power.isPresent();
      sum += power.orElse(0);
    }
    return known ? OptionalInt.of(sum) : OptionalInt.empty();
  }

  /** Energy of a group at both ends of a window; empty when none of its meters was heard. */
  synchronized Optional<Ends> ends(GroupBinding group, Window window) {
    Energy from = Energy.NONE;
    Energy to = Energy.NONE;
    boolean heard = false;
    Duration patience = config.profile().metering().period();
    for (UUID device : sites.devices(group)) {
      EnergyCounter counter = counter(device);
      Optional<Energy> begin = begin(counter, window.from(), patience);
      Optional<Energy> end = counter.at(window.to(), patience);
      if (begin.isPresent() && end.isPresent() && counter.isHeardBefore(window.to())) {
        heard = true;
        from = from.plus(begin.get());
        to = to.plus(end.get());
      }
    }
    return heard
        ? Optional.of(
            new Ends(
                Math.round(from.importWattHours()),
                Math.round(to.importWattHours()),
                Math.round(from.exportWattHours()),
                Math.round(to.exportWattHours())))
        : Optional.empty();
  }

  /** A meter that was first heard within the window had counted nothing at its begin. */
  private static Optional<Energy> begin(EnergyCounter counter, Instant from, Duration patience) {
    Optional<Energy> known = counter.at(from, patience);
    return counter.isHeardBefore(from) ? known : known.or(() -> Optional.of(Energy.NONE));
  }

  /**
   * What has to be stored of a group so that a restart loses nothing.
   *
   * @param from boundaries before are not asked for any more
   */
  synchronized List<Change> changes(GroupBinding group, Instant from) {
    List<Change> changes = new ArrayList<>();
    for (UUID device : sites.devices(group)) {
      counter(device)
          .kept(from)
          .ifPresent(kept -> changes.add(new Change.PutCounter(config.id(), device, kept)));
    }
    return changes;
  }

  /** Drops what nobody asks for any more: boundaries before an instant. */
  synchronized void forget(Instant before) {
    counters.values().forEach(counter -> counter.forget(before));
  }
}
