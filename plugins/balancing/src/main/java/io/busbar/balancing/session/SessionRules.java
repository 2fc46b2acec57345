package io.busbar.balancing.session;

import io.busbar.api.balancing.SaveSession;
import io.busbar.api.balancing.SessionNeeds;
import io.busbar.api.topology.Violation;
import io.busbar.balancing.allocation.AllocationProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What may be said of a session by whoever is not its device. */
public final class SessionRules {

  /** More than any vehicle holds. */
  static final int MOST_WATT_HOURS = 10_000_000;

  /** Longer than anybody stays. */
  static final Duration LONGEST = Duration.ofDays(366);

  /** Clocks of askers may run ahead by this. */
  private static final Duration AHEAD = Duration.ofSeconds(60);

  private final Instant now;
  private final List<Violation> violations = new ArrayList<>();

  private SessionRules(Instant now) {
    this.now = now;
  }

  /** What is wrong with beginning a session at a connector. */
  public static List<Violation> beginning(SaveSession ask, Stay stay, Instant now) {
    SessionRules rules = new SessionRules(now);
    Instant began = ask.pluggedInAt().orElse(now);
    rules.occupied(ask.nodeId().orElseThrow(), stay, began);
    rules.began(began);
    rules.needs(ask.needs(), began);
    return rules.violations;
  }

  /** What is wrong with giving something else for a session that is known. */
  public static List<Violation> changing(
      SaveSession ask, UUID microgridId, KeptSession known, Instant now) {
    SessionRules rules = new SessionRules(now);
    if (rules.isForeign(known, microgridId) || rules.isOver(known)) {
      return rules.violations;
    }
    boolean elsewhere = ask.nodeId().filter(id -> !id.equals(known.nodeId())).isPresent();
    boolean otherwise = ask.pluggedInAt().filter(at -> !at.equals(known.pluggedInAt())).isPresent();
    if (elsewhere || otherwise) {
      rules.add(
          "SESSION_MOVED",
          Optional.of(known.nodeId()),
          "session %s is at connector %s since %s; neither can be changed"
              .formatted(known.sessionId(), known.nodeId(), known.pluggedInAt()));
    }
    rules.needs(ask.needs(), known.pluggedInAt());
    return rules.violations;
  }

  /** What is wrong with ending a session that is known. */
  public static List<Violation> ending(
      Instant at, UUID microgridId, KeptSession known, Instant now) {
    SessionRules rules = new SessionRules(now);
    if (!rules.isForeign(known, microgridId)
        && known.lasts()
        && (at.isBefore(known.pluggedInAt()) || at.isAfter(now.plus(AHEAD)))) {
      rules.add(
          "UNPLUGGED_OUT_OF_RANGE",
          Optional.empty(),
          "unplugged_at %s: expected between its begin (%s) and now"
              .formatted(at, known.pluggedInAt()));
    }
    return rules.violations;
  }

  private boolean isForeign(KeptSession known, UUID microgridId) {
    boolean foreign = !known.microgridId().equals(microgridId);
    if (foreign) {
      add(
          "SESSION_OF_ANOTHER_MICROGRID",
          Optional.empty(),
          "session %s belongs to another microgrid".formatted(known.sessionId()));
    }
    return foreign;
  }

  private boolean isOver(KeptSession known) {
    known
        .unpluggedAt()
        .ifPresent(
            at ->
                add(
                    "SESSION_ENDED",
                    Optional.of(known.nodeId()),
                    "session %s ended at %s and stays as it is".formatted(known.sessionId(), at)));
    return !known.lasts();
  }

  private void occupied(UUID nodeId, Stay stay, Instant began) {
    Optional<String> by =
        stay.session()
            .map(
                other ->
                    "session %s is at this connector since %s; change that one, or end it first"
                        .formatted(other.sessionId(), other.pluggedInAt()));
    Optional<String> until =
        stay.ended()
            .filter(other -> other.unpluggedAt().orElseThrow().isAfter(began))
            .map(
                other ->
                    "session %s was at this connector until %s; expected to begin after that"
                        .formatted(other.sessionId(), other.unpluggedAt().get()));
    by.or(() -> until)
        .ifPresent(message -> add("CONNECTOR_OCCUPIED", Optional.of(nodeId), message));
  }

  private void began(Instant at) {
    if (at.isAfter(now.plus(AHEAD)) || at.isBefore(now.minus(LONGEST))) {
      add(
          "PLUGGED_IN_OUT_OF_RANGE",
          Optional.empty(),
          "plugged_in_at %s: expected in the past, by at most %d days"
              .formatted(at, LONGEST.toDays()));
    }
  }

  private void needs(SessionNeeds needs, Instant began) {
    int energy = needs.energyNeededWattHours().orElse(0);
    if (energy < 0 || energy > MOST_WATT_HOURS) {
      add(
          "ENERGY_OUT_OF_RANGE",
          Optional.empty(),
          "energy_needed_watt_hours %d: expected 0 to %d".formatted(energy, MOST_WATT_HOURS));
    }
    needs.departure().ifPresent(at -> departure(at, began));
    double weight = needs.weight().orElse(Merging.USUAL_WEIGHT);
    boolean usable =
        weight >= AllocationProblem.MIN_WEIGHT && weight <= AllocationProblem.MAX_WEIGHT;
    if (!usable) {
      add(
          "BAD_WEIGHT",
          Optional.empty(),
          "weight %s: expected %s to %s"
              .formatted(weight, AllocationProblem.MIN_WEIGHT, AllocationProblem.MAX_WEIGHT));
    }
    if (needs.vehicleMaxWatts().orElse(1) <= 0) {
      add(
          "VEHICLE_LIMIT_OUT_OF_RANGE",
          Optional.empty(),
          "vehicle_max_watts %d: expected above 0".formatted(needs.vehicleMaxWatts().getAsInt()));
    }
  }

  private void departure(Instant at, Instant began) {
    if (!at.isAfter(began) || at.isAfter(began.plus(LONGEST))) {
      add(
          "DEPARTURE_OUT_OF_RANGE",
          Optional.empty(),
          "departure %s: expected after the begin (%s), by at most %d days"
              .formatted(at, began, LONGEST.toDays()));
    }
  }

  private void add(String rule, Optional<UUID> nodeId, String message) {
    violations.add(new Violation(rule, nodeId, message));
  }
}
