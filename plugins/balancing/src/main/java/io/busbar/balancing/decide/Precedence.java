package io.busbar.balancing.decide;

import io.busbar.api.balancing.Strategy;
import io.busbar.balancing.allocation.AllocationProblem;
import io.busbar.balancing.allocation.Patience;
import io.busbar.balancing.decide.Snapshot.ConnectorInput;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** A strategy put into the allocator's terms: a class and a weight for every connector. */
final class Precedence {

  /** Laxities that differ by less are alike, so that two vehicles do not take turns each cycle. */
  private static final long LAXITY_STEP_SECONDS = 300;

  /** A stay that is nearly over counts as if it lasted this much longer. */
  private static final double LEAST_HOURS = 0.25;

  /** A vehicle that has nearly all it needs still counts as if it needed this. */
  private static final double LEAST_WATT_HOURS = 500;

  private static final long UNKNOWN = Long.MAX_VALUE;

  private final int[] classes;
  private final double[] weights;
  private final Patience[] patience;

  private Precedence(int[] classes, double[] weights, Patience[] patience) {
    this.classes = classes;
    this.weights = weights;
    this.patience = patience;
  }

  /** Larger is served first. */
  int classOf(int connector) {
    return classes[connector];
  }

  double weight(int connector) {
    return weights[connector];
  }

  Patience patience(int connector) {
    return patience[connector];
  }

  static Precedence of(Policy policy, SiteTree tree, Snapshot snapshot) {
    Strategy strategy = policy.strategy();
    List<ConnectorInput> inputs = snapshot.connectors();
    double[] weights = inputs.stream().mapToDouble(ConnectorInput::weight).toArray();
    long[] keys = new long[weights.length];
    Patience[] patience = new Patience[weights.length];
    for (ConnectorRating connector : tree.connectors()) {
      int i = connector.number();
      ConnectorInput input = inputs.get(i);
      keys[i] = key(strategy, connector, input, snapshot.at());
      patience[i] = patience(policy, connector, input, snapshot.at());
      if (strategy == Strategy.PROPORTIONAL_NEED) {
        weights[i] = clamp(weights[i] * wattsNeeded(connector, input.need(), snapshot.at()));
      }
    }
    return new Precedence(classes(keys), weights, patience);
  }

  /**
   * With a deadline, a vehicle that has time to spare lets those use the power who have not. Who
   * charges stays switched on for its minimum time, and of whom too little is known is not put off.
   */
  private static Patience patience(
      Policy policy, ConnectorRating connector, ConnectorInput input, Instant now) {
    return switch (policy.strategy()) {
      case EQUAL_SHARE, PRIORITY, FIRST_COME_FIRST_SERVED, PROPORTIONAL_NEED -> Patience.DUE;
      case EARLIEST_DEADLINE, LEAST_LAXITY -> {
        if (input.standing().isHeld(now, policy.minimumOn())) {
          yield Patience.HELD;
        }
        OptionalLong laxity = laxitySeconds(connector, input.need(), now);
        yield laxity.isPresent() && laxity.getAsLong() > 0 ? Patience.CAN_WAIT : Patience.DUE;
      }
    };
  }

  /**
   * Smaller goes first; equal keys share. Vehicles that have no time to spare are alike, however
   * much they will be short of: what each gets from now on is all gain.
   */
  private static long key(
      Strategy strategy, ConnectorRating connector, ConnectorInput input, Instant now) {
    Need need = input.need();
    return switch (strategy) {
      case EQUAL_SHARE, PROPORTIONAL_NEED -> 0;
      case PRIORITY -> -(long) input.priority();
      case FIRST_COME_FIRST_SERVED ->
          need.since().equals(Instant.MAX) ? UNKNOWN : need.since().toEpochMilli();
      case EARLIEST_DEADLINE -> need.departure().map(Instant::toEpochMilli).orElse(UNKNOWN);
      case LEAST_LAXITY -> {
        OptionalLong laxity = laxitySeconds(connector, need, now);
        yield laxity.isPresent() ? Math.max(0, laxity.getAsLong() / LAXITY_STEP_SECONDS) : UNKNOWN;
      }
    };
  }

  private static OptionalLong laxitySeconds(ConnectorRating connector, Need need, Instant now) {
    if (need.departure().isEmpty() || need.remainingWattHours().isEmpty()) {
      return OptionalLong.empty();
    }
    long left = Duration.between(now, need.departure().get()).toSeconds();
    long charging =
        need.remainingWattHours().getAsInt() * 3600L / Math.max(1, connector.maxWatts());
    return OptionalLong.of(left - charging);
  }

  private static double wattsNeeded(ConnectorRating connector, Need need, Instant now) {
    if (need.departure().isEmpty() || need.remainingWattHours().isEmpty()) {
      return connector.maxWatts();
    }
    double hours = Duration.between(now, need.departure().get()).toMillis() / 3.6e6;
    double energy = Math.max(LEAST_WATT_HOURS, need.remainingWattHours().getAsInt());
    return energy / Math.max(LEAST_HOURS, hours);
  }

  private static double clamp(double weight) {
    return Math.clamp(weight, AllocationProblem.MIN_WEIGHT, AllocationProblem.MAX_WEIGHT);
  }

  /** Numbers keys from the last to the first; 0 for the last. */
  private static int[] classes(long[] keys) {
    long[] sorted = Arrays.stream(keys).distinct().sorted().toArray();
    int[] classes = new int[keys.length];
    for (int i = 0; i < keys.length; i++) {
      classes[i] = sorted.length - 1 - Arrays.binarySearch(sorted, keys[i]);
    }
    return classes;
  }
}
