package io.busbar.bench.quality;

import io.busbar.api.balancing.Granularity;
import io.busbar.api.balancing.Strategy;
import io.busbar.balancing.decide.ConnectorRating;
import io.busbar.balancing.decide.Decider;
import io.busbar.balancing.decide.Decision;
import io.busbar.balancing.decide.Need;
import io.busbar.balancing.decide.Policy;
import io.busbar.balancing.decide.SiteTree;
import io.busbar.balancing.decide.Snapshot;
import io.busbar.balancing.decide.Snapshot.ConnectorInput;
import io.busbar.balancing.decide.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the engine decides, with the settings it is shipped with. */
final class EngineRule implements Rule {

  private final SiteTree tree;
  private final Decider decider;
  private final Standing[] standings;
  private final int[] held;

  EngineRule(SiteTree tree, Strategy strategy) {
    this.tree = tree;
    this.decider = new Decider(tree, policy(strategy));
    this.standings = new Standing[tree.connectors().size()];
    this.held = new int[standings.length];
    Arrays.fill(standings, Standing.IDLE);
  }

  private static Policy policy(Strategy strategy) {
    return new Policy(
        strategy,
        Duration.ofSeconds(30),
        Duration.ofSeconds(15),
        Duration.ofMinutes(15),
        Duration.ZERO,
        Duration.ofSeconds(15),
        Duration.ofMinutes(30),
        Duration.ofSeconds(30),
        5,
        Duration.ofMinutes(15),
        2,
        100,
        0.5,
        Duration.ofSeconds(2),
        Granularity.CONNECTOR,
        0,
        20,
        new Policy.Plausibility(300, 150, Duration.ofMinutes(5), 50));
  }

  @Override
  public int[] watts(long now, List<Vehicle> vehicles) {
    Instant at = Instant.ofEpochMilli(now);
    ConnectorInput[] inputs = new ConnectorInput[standings.length];
    for (Vehicle vehicle : vehicles) {
      int i = vehicle.connector;
      standings[i] = standings[i].wanting(true, at);
      inputs[i] = input(i, wanted(vehicle), need(vehicle));
    }
    for (int i = 0; i < inputs.length; i++) {
      if (inputs[i] == null) {
        standings[i] = Standing.IDLE;
        inputs[i] = input(i, 0, Need.UNKNOWN);
      }
    }
    Decision decision = decider.decide(new Snapshot(at, List.of(inputs), List.of(), List.of()));
    for (int i = 0; i < standings.length; i++) {
      held[i] = decision.share(i).watts();
      standings[i] = standings[i].allocated(held[i], at);
    }
    return held.clone();
  }

  private int wanted(Vehicle vehicle) {
    ConnectorRating rating = tree.connectors().get(vehicle.connector);
    return Math.clamp(vehicle.maxWatts, rating.minWatts(), rating.maxWatts());
  }

  private static Need need(Vehicle vehicle) {
    return new Need(
        Instant.ofEpochMilli(vehicle.arrival),
        Optional.of(Instant.ofEpochMilli(vehicle.told)),
        OptionalInt.of((int) Math.ceil(vehicle.remainingWattHours)));
  }

  private ConnectorInput input(int i, int want, Need need) {
    return new ConnectorInput(
        false, true, held[i], held[i], want, held[i], 1, 0, standings[i], need);
  }
}
