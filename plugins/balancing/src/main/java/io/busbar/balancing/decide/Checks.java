package io.busbar.balancing.decide;

import io.busbar.api.topology.AssetFacts;
import io.busbar.api.topology.LineAmps;
import io.busbar.api.topology.Meter;
import io.busbar.balancing.decide.Snapshot.ConnectorInput;
import io.busbar.balancing.decide.Snapshot.MeterInput;
import io.busbar.balancing.decide.Snapshot.SourceInput;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a value is to be believed. One that is not counts as missing.
 *
 * <p>What a meter shows may be well above its node's rating: an overload is real until the fuse is
 * gone. Below zero it can show only what sources there can feed in. A connector and a source cannot
 * be far above what they are built for.
 */
final class Checks {

  /** Below this no difference means anything: meters are not that good. */
  private static final int LEAST_WATTS = 100;

  /** The largest voltage there is, as a multiple of the nominal one, and what meters get wrong. */
  private static final double MOST_VOLTAGE = 1.15;

  private final SiteTree tree;
  private final Policy policy;
  private final Instant now;

  Checks(SiteTree tree, Policy policy, Instant now) {
    this.tree = tree;
    this.policy = policy;
    this.now = now;
  }

  /** Whether a value was read lately, by a clock that is about right. */
  boolean isFresh(boolean heard, Instant measuredAt) {
    return heard && policy.isFresh(measuredAt, now);
  }

  /** Whether the clock that a value was read by runs ahead. */
  private Optional<Check> clock(boolean heard, Instant measuredAt) {
    return heard && measuredAt.isAfter(now.plus(policy.freshness()))
        ? Optional.of(Check.CLOCK)
        : Optional.empty();
  }

  /**
   * What is wrong with what a meter shows.
   *
   * @param number number of the meter
   * @param owed least that it has to show, by what is measured below it
   */
  Optional<Check> meter(int number, MeterInput input, long owed) {
    if (!isFresh(input.heard(), input.measuredAt())) {
      return clock(input.heard(), input.measuredAt());
    }
    Meter meter = tree.meters().get(number);
    long rated = rated(meter);
    long least = meter.checks().minWatts().orElse(clamp(-feeds(number) - slack(rated)));
    long most =
        meter
            .checks()
            .maxWatts()
            .orElse(clamp(percent(rated, policy.plausibility().meterPercent())));
    if (input.powerWatts() < least || input.powerWatts() > most + LEAST_WATTS) {
      return Optional.of(Check.RANGE);
    }
    boolean repeats = repeats(input.sameSince(), input.measuredAt(), frozenAfter(meter));
    boolean silentZero = input.powerWatts() == 0 && owed <= slack(rated);
    return repeats && !silentZero ? Optional.of(Check.FROZEN) : Optional.empty();
  }

  private Duration frozenAfter(Meter meter) {
    return meter.checks().frozenSeconds().isPresent()
        ? Duration.ofSeconds(meter.checks().frozenSeconds().getAsInt())
        : policy.plausibility().frozenAfter();
  }

  private long feeds(int meter) {
    return percent(tree.exportBelow(meter), policy.plausibility().devicePercent());
  }

  private long rated(Meter meter) {
    return tree.node(tree.number(meter.nodeId()).orElseThrow())
        .asset()
        .map(AssetFacts::ratedWatts)
        .orElse(Integer.MAX_VALUE);
  }

  private static long slack(long rated) {
    return LEAST_WATTS + rated / 100;
  }

  /** By how much the load at a meter may fall from one reading to the next. */
  long jump(int node, Meter meter) {
    if (meter.checks().jumpWatts().isPresent()) {
      return meter.checks().jumpWatts().getAsInt();
    }
    return tree.limits().bounds(node)
        ? percent(tree.limits().watts(node), policy.plausibility().jumpPercent()) + LEAST_WATTS
        : Limits.UNBOUNDED;
  }

  /** By how much a source may change from one reading to the next. */
  long jump(PowerSource source) {
    long rated = Math.max(source.maxExportWatts(), source.maxImportWatts());
    return percent(rated, policy.plausibility().jumpPercent()) + LEAST_WATTS;
  }

  /** What is wrong with what a source shows. Only the sky never stays the same. */
  Optional<Check> source(PowerSource source, SourceInput input) {
    if (!isFresh(input.heard(), input.measuredAt())) {
      return clock(input.heard(), input.measuredAt());
    }
    double percent = policy.plausibility().devicePercent();
    long least = -percent(source.maxExportWatts(), percent) - slack(source.maxExportWatts());
    long most = percent(source.maxImportWatts(), percent) + slack(source.maxExportWatts());
    if (input.powerWatts() < least || input.powerWatts() > most) {
      return Optional.of(Check.RANGE);
    }
    boolean frozen =
        source.followsTheSky()
            && Math.abs(input.powerWatts()) > slack(0)
            && repeats(input.sameSince(), input.measuredAt(), policy.plausibility().frozenAfter());
    return frozen ? Optional.of(Check.FROZEN) : Optional.empty();
  }

  /**
   * What is wrong with what a connector draws. One that draws all it may, or whose vehicle takes no
   * more than the least it can be offered, may well repeat itself.
   */
  Optional<Check> connector(ConnectorRating connector, ConnectorInput input) {
    int draw = input.drawWatts();
    long most = percent(connector.maxWatts(), policy.plausibility().devicePercent());
    if (draw < -slack(connector.maxWatts()) || draw > most + LEAST_WATTS) {
      return Optional.of(Check.RANGE);
    }
    boolean frozen =
        draw > 0
            && repeats(input.drawnSince(), now, policy.plausibility().frozenAfter())
            && !followsItsSetPoint(connector, input);
    return frozen ? Optional.of(Check.FROZEN) : Optional.empty();
  }

  private boolean followsItsSetPoint(ConnectorRating connector, ConnectorInput input) {
    int margin = Math.max(LEAST_WATTS, input.drawWatts() * policy.taperMarginPercent() / 100);
    int above = connector.stepAbove(input.drawWatts() + 2 * margin);
    return input.heldWatts() <= above && input.drawWatts() <= input.heldWatts() + margin;
  }

  /** Whether currents can belong to a power that was read with them. */
  boolean areCurrents(int node, LineAmps amps, int watts) {
    double sum = amps.l1() + amps.l2() + amps.l3();
    boolean isNumber =
        Double.isFinite(sum) && Math.min(amps.l1(), Math.min(amps.l2(), amps.l3())) >= 0;
    double volts = tree.conductors().volts(node);
    return isNumber
        && (volts == 0 || sum * volts * MOST_VOLTAGE >= Math.abs((long) watts) - LEAST_WATTS);
  }

  private static boolean repeats(Instant since, Instant until, Duration longest) {
    return longest.isPositive() && !since.isAfter(until.minus(longest));
  }

  private static long percent(long watts, double percent) {
    return (long) (watts * percent / 100);
  }

  private static int clamp(long watts) {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, watts));
  }
}
