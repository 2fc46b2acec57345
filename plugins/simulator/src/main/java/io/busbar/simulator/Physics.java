package io.busbar.simulator;

import io.busbar.api.simulator.FieldRecord;
import io.busbar.api.simulator.FieldRecord.Served;
import io.busbar.api.simulator.FieldRecord.Violation;
import io.busbar.api.simulator.NodeLoads;
import io.busbar.api.simulator.PlayStays.Stay;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.TopologySnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What physically happens on a site, second by second. Seconds in which nothing changes are taken
 * together; the record is the same as if each were walked through. Powers of a second are those at
 * its beginning, after arrivals, departures and set-points of that instant.
 */
final class Physics {

  private final List<BackgroundLoad> backgrounds;
  private final int[] backgroundAt;
  private final PowerTree tree;
  private final Map<UUID, Evse> evses = new LinkedHashMap<>();
  private final Evse[] evseList;
  private final int[] evseAt;
  private final LineWatch lines;
  private final int[] loads;
  private final PowerDigest digest;
  private final List<Served> served = new ArrayList<>();
  private final List<StayChange> changes = new ArrayList<>();
  private long now;
  private long seconds;
  private long violations;
  private Violation firstViolation;

  /** How devices behave besides their ratings. */
  record Manners(int rampSeconds, int takeUpSeconds) {}

  /** A vehicle came or left. */
  record StayChange(UUID nodeId, Stay stay, boolean arrived, long at) {}

  Physics(TopologySnapshot site, Manners manners, List<BackgroundLoad> backgrounds, Instant start) {
    this(site, manners, backgrounds, start.getEpochSecond(), Map.of(), new PowerDigest());
  }

  private Physics(
      TopologySnapshot site,
      Manners manners,
      List<BackgroundLoad> backgrounds,
      long now,
      Map<UUID, Evse> known,
      PowerDigest digest) {
    this.now = now;
    this.digest = digest;
    this.backgrounds = List.copyOf(backgrounds);
    tree = new PowerTree(site);
    for (MicrogridNode node : site.nodes()) {
      if (node.nodeType() == NodeType.CONNECTOR) {
        EvseRating rating = EvseRating.of(node, manners.rampSeconds(), manners.takeUpSeconds());
        Evse evse = known.getOrDefault(node.nodeId(), new Evse(rating, now));
        evse.rated(rating);
        evses.put(node.nodeId(), evse);
      }
    }
    evseList = evses.values().toArray(Evse[]::new);
    evseAt = evses.keySet().stream().mapToInt(tree::index).toArray();
    backgroundAt = backgrounds.stream().mapToInt(b -> tree.index(b.nodeId())).toArray();
    List<UUID> loadNodes = new ArrayList<>(evses.keySet());
    backgrounds.forEach(load -> loadNodes.add(load.nodeId()));
    lines = new LineWatch(site, loadNodes);
    loads = new int[loadNodes.size()];
  }

  /**
   * The same site after its document changed: vehicles stay where their connector still is, the
   * others have left; the record goes on.
   */
  Physics changedTo(TopologySnapshot site, Manners manners, List<BackgroundLoad> loads) {
    Physics next = new Physics(site, manners, loads, now, evses, digest);
    next.tree.remember(tree);
    next.served.addAll(served);
    next.changes.addAll(changes);
    next.seconds = seconds;
    next.violations = violations;
    next.firstViolation = firstViolation;
    evses.forEach(
        (nodeId, evse) -> {
          if (!next.evses.containsKey(nodeId)) {
            next.unplug(nodeId, evse);
          }
        });
    return next;
  }

  /** Plans stays; those of one connector must come in order. Who would have left is left out. */
  void plan(List<Stay> stays) {
    for (Stay stay : stays) {
      if (stay.departure().getEpochSecond() > now) {
        evses.get(stay.nodeId()).plan(Evse.PlannedStay.of(stay));
      }
    }
  }

  /** Sends every vehicle away and forgets who was to come. */
  void empty() {
    evses.forEach(
        (nodeId, evse) -> {
          evse.forgetPlans();
          unplug(nodeId, evse);
        });
  }

  private void unplug(UUID nodeId, Evse evse) {
    double delivered = evse.deliveredWattHours();
    Evse.PlannedStay left = evse.unplug();
    if (left != null) {
      gone(nodeId, left.stay(), delivered);
    }
  }

  Optional<Evse> evse(UUID nodeId) {
    return Optional.ofNullable(evses.get(nodeId));
  }

  /** Power at a node as of the last advance, in watts. */
  int watts(UUID nodeId) {
    return tree.watts(tree.index(nodeId));
  }

  /** Register of the energy that went into a node, in watt-hours. */
  long wattHoursTaken(UUID nodeId) {
    return tree.joulesTaken(tree.index(nodeId)) / 3600;
  }

  /** Vehicles that came or left since the last call. */
  List<StayChange> takeChanges() {
    List<StayChange> taken = List.copyOf(changes);
    changes.clear();
    return taken;
  }

  /** Lowest and highest powers since the last call. */
  List<NodeLoads.Load> takeLoads() {
    return tree.takeRange();
  }

  /** Lives through every second up to an instant, that instant excluded. */
  void advanceTo(Instant target) {
    long until = target.getEpochSecond();
    while (now < until) {
      comeAndGo();
      for (Evse evse : evseList) {
        evse.settle(now);
      }
      sumLoads();
      long steady = steadyFor(until - now);
      look(steady);
      for (Evse evse : evseList) {
        evse.draw(steady);
      }
      now += steady;
      seconds += steady;
    }
    comeAndGo();
    sumLoads();
  }

  private long steadyFor(long most) {
    long steady = most;
    for (Evse evse : evseList) {
      steady = Math.min(steady, evse.steadyFor(now));
    }
    for (BackgroundLoad background : backgrounds) {
      steady = Math.min(steady, background.steadyFor(now));
    }
    return steady;
  }

  private void comeAndGo() {
    evses.forEach(
        (nodeId, evse) -> {
          double delivered = evse.deliveredWattHours();
          Evse.PlannedStay left = evse.leaves(now);
          if (left != null) {
            gone(nodeId, left.stay(), delivered);
          }
          Evse.PlannedStay came = evse.arrives(now);
          if (came != null) {
            changes.add(new StayChange(nodeId, came.stay(), true, now));
          }
        });
  }

  private void gone(UUID nodeId, Stay stay, double deliveredWattHours) {
    served.add(served(stay, deliveredWattHours));
    changes.add(new StayChange(nodeId, stay, false, now));
  }

  private static Served served(Stay stay, double delivered) {
    return new Served(stay.sessionId(), stay.nodeId(), stay.energyWattHours(), delivered);
  }

  private void sumLoads() {
    tree.clear();
    for (int i = 0; i < evseList.length; i++) {
      loads[i] = evseList[i].watts();
      tree.add(evseAt[i], loads[i]);
    }
    for (int i = 0; i < backgroundAt.length; i++) {
      loads[evseList.length + i] = backgrounds.get(i).watts(now);
      tree.add(backgroundAt[i], loads[evseList.length + i]);
    }
    tree.sum();
  }

  private void look(long steady) {
    tree.look(
        now,
        steady,
        digest,
        (nodeId, watts, limitWatts) -> violated(steady, nodeId, "", watts, limitWatts));
    if (!lines.isIdle()) {
      lines.look(loads, (node, line, amps, most) -> violated(steady, node, line, amps, most));
    }
  }

  private void violated(long steady, UUID nodeId, String line, double load, double limit) {
    violations += steady;
    if (firstViolation == null) {
      Optional<String> conductor = Optional.of(line).filter(name -> !name.isEmpty());
      firstViolation = new Violation(Instant.ofEpochSecond(now), nodeId, conductor, load, limit);
    }
  }

  /** Everything that happened so far. */
  FieldRecord record() {
    List<Served> sessions = new ArrayList<>(served);
    for (Evse evse : evseList) {
      if (evse.present() != null) {
        sessions.add(served(evse.present().stay(), evse.deliveredWattHours()));
      }
    }
    return new FieldRecord(
        Instant.ofEpochSecond(now),
        seconds,
        violations,
        Optional.ofNullable(firstViolation),
        tree.worstLoads(),
        lines.worst(),
        sessions,
        digest.soFar());
  }
}
