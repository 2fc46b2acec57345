package io.busbar.simulator;

import io.busbar.api.simulator.FieldRecord;
import io.busbar.api.simulator.FieldRecord.Served;
import io.busbar.api.simulator.FieldRecord.Violation;
import io.busbar.api.simulator.FieldRecord.WorstLoad;
import io.busbar.api.simulator.PlayStays.Stay;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.NodeLimit;
import io.busbar.api.topology.TopologySnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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

  private final List<MicrogridNode> nodes;
  private final int[] parent;
  private final double[] rating;
  private final double[] load;
  private final double[] worst;
  private final long[] worstAt;
  private final Evse[] evseAt;
  private final List<Evse> evses = new ArrayList<>();
  private final Map<UUID, Integer> indexOf = new HashMap<>();
  private final List<BackgroundLoad> backgrounds;
  private final PowerDigest digest = new PowerDigest();
  private final List<Served> served = new ArrayList<>();
  private final List<StayChange> changes = new ArrayList<>();
  private final double[] told;
  private long now;
  private long seconds;
  private long violations;
  private Violation firstViolation;

  /** A vehicle came or left. */
  record StayChange(UUID nodeId, Stay stay, boolean arrived, long at) {}

  Physics(
      TopologySnapshot snapshot, int rampSeconds, List<BackgroundLoad> backgrounds, Instant start) {
    this.nodes = snapshot.nodes();
    this.backgrounds = backgrounds;
    this.now = start.getEpochSecond();
    int size = nodes.size();
    parent = new int[size];
    rating = new double[size];
    load = new double[size];
    worst = new double[size];
    worstAt = new long[size];
    evseAt = new Evse[size];
    told = new double[size];
    Arrays.fill(rating, Double.POSITIVE_INFINITY);
    for (int i = 0; i < size; i++) {
      MicrogridNode node = nodes.get(i);
      indexOf.put(node.nodeId(), i);
      parent[i] = node.parentNodeId().map(indexOf::get).orElse(-1);
      if (node.nodeType() == NodeType.CONNECTOR) {
        evseAt[i] = new Evse(EvseRating.of(node, rampSeconds), now);
        evses.add(evseAt[i]);
      }
    }
    for (NodeLimit limit : snapshot.limits()) {
      boolean binds =
          limit.status() == NodeLimit.Status.ACTIVE
              && limit.constraintType() == NodeLimit.ConstraintType.CONSUMPTION_CAP
              && limit.nodeId().isPresent();
      if (binds) {
        rating[indexOf.get(limit.nodeId().get())] = limit.limitWatts();
      }
    }
  }

  /** Plans stays; those of one connector must come in order. */
  void plan(List<Stay> stays) {
    for (Stay stay : stays) {
      evseAt[indexOf.get(stay.nodeId())].plan(
          new Evse.PlannedStay(
              stay, stay.arrival().getEpochSecond(), stay.departure().getEpochSecond()));
    }
  }

  Optional<Evse> evse(UUID nodeId) {
    return Optional.ofNullable(indexOf.get(nodeId)).map(index -> evseAt[index]);
  }

  /** Power at a node as of the last advance, in watts. */
  double watts(UUID nodeId) {
    return load[indexOf.get(nodeId)];
  }

  /** Vehicles that came or left since the last call. */
  List<StayChange> takeChanges() {
    List<StayChange> taken = List.copyOf(changes);
    changes.clear();
    return taken;
  }

  /** Lives through every second up to an instant, that instant excluded. */
  void advanceTo(Instant target) {
    long until = target.getEpochSecond();
    while (now < until) {
      comeAndGo();
      settle();
      long steady = until - now;
      for (Evse evse : evses) {
        steady = Math.min(steady, evse.steadyFor(now));
      }
      for (BackgroundLoad background : backgrounds) {
        steady = Math.min(steady, background.steadyFor(now));
      }
      look(steady);
      for (Evse evse : evses) {
        evse.draw(steady);
      }
      now += steady;
      seconds += steady;
    }
    comeAndGo();
    settleLoads();
  }

  private void comeAndGo() {
    for (int i = 0; i < evseAt.length; i++) {
      if (evseAt[i] != null) {
        double delivered = evseAt[i].deliveredWattHours();
        Evse.PlannedStay left = evseAt[i].leaves(now);
        if (left != null) {
          served.add(served(left.stay(), delivered));
          changes.add(new StayChange(nodes.get(i).nodeId(), left.stay(), false, now));
        }
        Evse.PlannedStay came = evseAt[i].arrives(now);
        if (came != null) {
          changes.add(new StayChange(nodes.get(i).nodeId(), came.stay(), true, now));
        }
      }
    }
  }

  private static Served served(Stay stay, double delivered) {
    return new Served(stay.sessionId(), stay.nodeId(), stay.energyWattHours(), delivered);
  }

  private void settle() {
    for (Evse evse : evses) {
      evse.settle(now);
    }
    settleLoads();
  }

  private void settleLoads() {
    Arrays.fill(load, 0);
    for (int i = 0; i < load.length; i++) {
      if (evseAt[i] != null) {
        load[i] = evseAt[i].watts();
      }
    }
    for (BackgroundLoad background : backgrounds) {
      load[indexOf.get(background.nodeId())] += background.watts(now);
    }
    for (int i = load.length - 1; i >= 0; i--) {
      if (parent[i] >= 0) {
        load[parent[i]] += load[i];
      }
    }
  }

  private void look(long steady) {
    for (int i = 0; i < load.length; i++) {
      if (load[i] != told[i]) {
        told[i] = load[i];
        digest.changed(now, i, load[i]);
      }
      if (load[i] > worst[i]) {
        worst[i] = load[i];
        worstAt[i] = now;
      }
      if (load[i] > rating[i] + 1e-6) {
        violations += steady;
        if (firstViolation == null) {
          firstViolation =
              new Violation(
                  Instant.ofEpochSecond(now), nodes.get(i).nodeId(), load[i], (int) rating[i]);
        }
      }
    }
  }

  /** Everything that happened so far. */
  FieldRecord record() {
    List<WorstLoad> loads = new ArrayList<>();
    for (int i = 0; i < worst.length; i++) {
      if (!Double.isInfinite(rating[i])) {
        loads.add(
            new WorstLoad(
                nodes.get(i).nodeId(),
                (int) rating[i],
                worst[i],
                Instant.ofEpochSecond(worstAt[i])));
      }
    }
    List<Served> sessions = new ArrayList<>(served);
    for (Evse evse : evses) {
      if (evse.present() != null) {
        sessions.add(served(evse.present().stay(), evse.deliveredWattHours()));
      }
    }
    return new FieldRecord(
        Instant.ofEpochSecond(now),
        seconds,
        violations,
        Optional.ofNullable(firstViolation),
        loads,
        sessions,
        digest.soFar());
  }
}
