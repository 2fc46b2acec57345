package io.busbar.bench.quality;

import io.busbar.api.simulator.PlayStays.Stay;
import io.busbar.balancing.decide.ConnectorRating;
import io.busbar.balancing.decide.SiteTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Plays sessions against a rule. A vehicle draws what it may, at once, until it has what it wants
 * or leaves. The rule decides whenever one comes, leaves or has enough, and each minute while
 * somebody gets less than it could take.
 */
final class Play {

  private static final long MINUTE = 60_000;

  private final SiteTree tree;
  private final Rule rule;
  private final List<Vehicle> all = new ArrayList<>();
  private final List<Vehicle> here = new ArrayList<>();
  private boolean curtailed;

  /**
   * @param truly whether the rule is told when vehicles really leave, not what drivers announced
   */
  Play(SiteTree tree, List<Stay> stays, boolean truly, Rule rule) {
    this.tree = tree;
    this.rule = rule;
    Map<UUID, Integer> connectors = new HashMap<>();
    tree.connectors().forEach(it -> connectors.put(it.nodeId(), it.number()));
    stays.forEach(stay -> all.add(new Vehicle(connectors.get(stay.nodeId()), stay, truly)));
    all.sort(Comparator.comparingLong(vehicle -> vehicle.arrival));
  }

  /**
   * Plays to the end.
   *
   * @throws IllegalStateException if set-points exceed a limit at any time
   */
  List<Vehicle> run() {
    Iterator<Vehicle> coming = all.iterator();
    Vehicle next = coming.next();
    long now = next.arrival;
    while (next != null || !here.isEmpty()) {
      long instant = now;
      here.removeIf(vehicle -> vehicle.departure <= instant || vehicle.remainingWattHours <= 0);
      while (next != null && next.arrival <= now) {
        here.add(next);
        next = coming.hasNext() ? coming.next() : null;
      }
      decide(now);
      long until = until(now, next);
      for (Vehicle vehicle : here) {
        vehicle.charge(until - now);
      }
      now = until;
    }
    return all;
  }

  private void decide(long now) {
    int[] watts = rule.watts(now, here);
    TreeLimits.check(tree, watts);
    curtailed = false;
    for (Vehicle vehicle : here) {
      int may = Math.min(watts[vehicle.connector], vehicle.maxWatts);
      vehicle.pauses += vehicle.watts > 0 && may == 0 ? 1 : 0;
      vehicle.watts = may;
      curtailed |= may < Math.min(vehicle.maxWatts, rating(vehicle).maxWatts());
    }
  }

  private ConnectorRating rating(Vehicle vehicle) {
    return tree.connectors().get(vehicle.connector);
  }

  private long until(long now, Vehicle next) {
    long until = next == null ? Long.MAX_VALUE : next.arrival;
    for (Vehicle vehicle : here) {
      until = Math.min(until, Math.min(vehicle.departure, vehicle.finish(now)));
    }
    return curtailed ? Math.min(until, (now / MINUTE + 1) * MINUTE) : Math.max(until, now);
  }
}
