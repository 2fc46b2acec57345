package io.busbar.balancing;

import io.busbar.api.field.ChargingSession;
import io.busbar.api.field.Reading;
import io.busbar.api.topology.Meter;
import io.busbar.balancing.apply.Ledger;
import io.busbar.balancing.decide.Check;
import io.busbar.balancing.decide.ConnectorRating;
import io.busbar.balancing.decide.Decision;
import io.busbar.balancing.decide.MeterMemory;
import io.busbar.balancing.decide.Policy;
import io.busbar.balancing.decide.PowerSource;
import io.busbar.balancing.decide.SiteTree;
import io.busbar.balancing.decide.Snapshot;
import io.busbar.balancing.decide.Snapshot.ConnectorInput;
import io.busbar.balancing.decide.Snapshot.MeterInput;
import io.busbar.balancing.decide.Snapshot.Ramp;
import io.busbar.balancing.decide.Snapshot.SourceInput;
import io.busbar.balancing.session.KeptSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Everything that was heard of a site and has to be remembered from cycle to cycle. Survives a new
 * version of the tree, for the nodes that stay.
 */
final class SiteMemory {

  private final Policy policy;
  private Instant since;
  private final Map<UUID, Signal> signals = new HashMap<>();
  private final Map<UUID, ConnectorState> known = new HashMap<>();
  private final Map<UUID, MeterMemory> meterMemories = new HashMap<>();
  private List<Ramp> ramps = List.of();
  private Decision last;

  /** Sessions that changed and were not kept yet, in order. */
  private final List<KeptSession> changed = new ArrayList<>();

  private SiteTree tree;
  private List<ConnectorState> connectors = List.of();
  private List<Signal> meters = List.of();
  private List<Signal> sources = List.of();

  SiteMemory(SiteTree tree, Policy policy, Instant now) {
    this.policy = policy;
    this.since = now;
    adopt(tree, now);
  }

  /** Takes another version of the tree. Sessions at connectors that are gone are over. */
  void adopt(SiteTree next, Instant now) {
    tree = next;
    connectors = next.connectors().stream().map(this::connector).toList();
    meters = next.meters().stream().map(Meter::nodeId).map(this::signal).toList();
    sources = next.sources().stream().map(PowerSource::nodeId).map(this::signal).toList();
    known.forEach(
        (id, connector) -> {
          if (next.number(id).isEmpty()) {
            changed.addAll(connector.close(now));
          }
        });
    known.keySet().removeIf(id -> next.number(id).isEmpty());
    signals.keySet().removeIf(id -> next.number(id).isEmpty());
    ramps = List.of();
    last = null;
  }

  /** The clock was set. */
  void shift(Duration by) {
    since = since.plus(by);
    signals.values().forEach(signal -> signal.shift(by));
    known.values().forEach(connector -> connector.shift(by));
  }

  private ConnectorState connector(ConnectorRating rating) {
    ConnectorState state =
        known.computeIfAbsent(
            rating.nodeId(), id -> new ConnectorState(rating, policy, signal(id)));
    state.rerate(rating);
    return state;
  }

  private Signal signal(UUID nodeId) {
    return signals.computeIfAbsent(nodeId, id -> new Signal());
  }

  ConnectorState connector(int number) {
    return connectors.get(number);
  }

  /** The connector at a node; null when there is none. */
  ConnectorState connectorAt(UUID nodeId) {
    return known.get(nodeId);
  }

  /** Goes on with sessions of before a restart. */
  void restore(List<KeptSession> sessions, Instant now) {
    for (KeptSession session : sessions) {
      ConnectorState connector = known.get(session.nodeId());
      if (connector != null) {
        changed.addAll(connector.restore(session));
      } else if (session.lasts()) {
        changed.add(session.ended(now, OptionalLong.empty()));
      }
    }
  }

  /** Takes what a device says of a session; true if something is different then. */
  boolean take(ChargingSession session) {
    ConnectorState connector = known.get(session.nodeId());
    return connector != null && changed.addAll(connector.take(session));
  }

  /** Takes what was stored of a session for somebody who asked. */
  void put(KeptSession session) {
    ConnectorState connector = known.get(session.nodeId());
    if (connector != null) {
      connector.put(session);
    }
  }

  /** Sees whether a vehicle left without a word; true if so. */
  boolean hear(ConnectorState connector) {
    List<KeptSession> heard = connector.hear();
    changed.addAll(heard);
    return heard.stream().anyMatch(session -> !session.lasts());
  }

  /** Sessions that changed since this was asked last, in order. */
  List<KeptSession> takeChanged() {
    if (changed.isEmpty()) {
      return List.of();
    }
    List<KeptSession> taken = List.copyOf(changed);
    changed.clear();
    return taken;
  }

  /** The session that lasts and is called so; empty when none is. */
  Optional<KeptSession> session(UUID sessionId) {
    return connectors.stream()
        .flatMap(connector -> connector.stay().session().stream())
        .filter(session -> session.isCalled(sessionId))
        .findFirst();
  }

  /** Takes a reading; false if its node is unknown or a newer one is known. */
  boolean take(Reading reading, Instant now) {
    Signal signal =
        signals.computeIfAbsent(
            reading.nodeId(), id -> tree.number(id).isPresent() ? new Signal() : null);
    return signal != null && signal.take(reading, now);
  }

  /** The power that was read last at a node; empty when none was. */
  OptionalInt power(UUID nodeId) {
    Signal signal = signals.get(nodeId);
    return signal == null || signal.powerAt() == null
        ? OptionalInt.empty()
        : OptionalInt.of(signal.powerWatts());
  }

  /** Whether anything was ever heard. */
  boolean hasTelemetry() {
    return signals.values().stream().anyMatch(signal -> signal.newest() != null);
  }

  /** Whether it is too early to do without what was not heard yet. */
  boolean isGrace(Instant now) {
    return now.isBefore(since.plus(policy.startGrace()));
  }

  /** Freezes everything a cycle decides on. */
  Snapshot freeze(Ledger ledger, Instant now) {
    boolean grace = isGrace(now);
    ConnectorInput[] inputs = new ConnectorInput[connectors.size()];
    for (int i = 0; i < inputs.length; i++) {
      ConnectorState connector = connectors.get(i);
      connector.observe(ledger.book(i));
      inputs[i] =
          connector.freeze(ledger.book(i), ledger.booked(i), grace && !connector.isHeard(), now);
    }
    return new Snapshot(now, List.of(inputs), meterInputs(grace), sourceInputs(), ramps);
  }

  /** What matters for whether limits have room; nothing is learnt by looking. */
  Snapshot look(Ledger ledger, Instant now) {
    ConnectorInput[] inputs = new ConnectorInput[connectors.size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = connectors.get(i).look(ledger.book(i), ledger.booked(i), now);
    }
    return new Snapshot(now, List.of(inputs), meterInputs(isGrace(now)), sourceInputs());
  }

  private List<MeterInput> meterInputs(boolean grace) {
    List<MeterInput> inputs = new ArrayList<>(meters.size());
    for (int i = 0; i < meters.size(); i++) {
      Signal signal = meters.get(i);
      boolean heard = signal.powerAt() != null;
      inputs.add(
          new MeterInput(
              heard,
              heard ? signal.powerAt() : Instant.EPOCH,
              signal.powerWatts(),
              signal.sameSince(),
              signal.amps(),
              grace && !heard,
              remembered(tree.meters().get(i).meterId())));
    }
    return inputs;
  }

  private MeterMemory remembered(UUID id) {
    return meterMemories.getOrDefault(id, MeterMemory.NONE);
  }

  private List<SourceInput> sourceInputs() {
    List<SourceInput> inputs = new ArrayList<>(sources.size());
    for (int i = 0; i < sources.size(); i++) {
      Signal signal = sources.get(i);
      boolean heard = signal.powerAt() != null;
      inputs.add(
          new SourceInput(
              heard,
              heard ? signal.powerAt() : Instant.EPOCH,
              signal.powerWatts(),
              signal.sameSince(),
              remembered(tree.sources().get(i).nodeId())));
    }
    return inputs;
  }

  /**
   * Remembers what was decided.
   *
   * @param within number of the node that the decision is applied below
   */
  void decided(Decision decision, int within, Instant now) {
    int[] targets = decision.targets();
    for (int i = 0; i < targets.length; i++) {
      ConnectorState connector = connectors.get(i);
      if (tree.isWithin(within, connector.rating().node())) {
        connector.target(targets[i]);
        connector.decided(decision.share(i).watts(), now);
      }
    }
    for (int i = 0; i < tree.meters().size(); i++) {
      meterMemories.put(tree.meters().get(i).meterId(), decision.meters().get(i));
    }
    for (int i = 0; i < tree.sources().size(); i++) {
      meterMemories.put(tree.sources().get(i).nodeId(), decision.sources().get(i));
    }
    ramps = decision.ramps();
    last = decision;
  }

  /** Generation at a node that the last decision set off, in watts. */
  long creditWatts(int node) {
    return last == null ? 0 : last.creditWatts(node);
  }

  /** How many values the last decision did not believe because of a check. */
  int failed(Check check) {
    return last == null ? 0 : last.failed(check);
  }

  /** By connector: what its set-point should be. */
  int[] targets() {
    return connectors.stream().mapToInt(ConnectorState::target).toArray();
  }

  /** Refs of connectors and meters that never said anything. */
  List<String> neverHeard() {
    List<String> silent = new ArrayList<>();
    for (ConnectorState connector : connectors) {
      if (!connector.isHeard()) {
        silent.add(tree.node(connector.rating().node()).asset().orElseThrow().ref());
      }
    }
    for (int i = 0; i < meters.size(); i++) {
      if (meters.get(i).powerAt() == null) {
        silent.add(tree.meters().get(i).ref());
      }
    }
    return silent;
  }

  /** The newest reading of every node, in tree order. */
  List<Reading> readings() {
    List<Reading> readings = new ArrayList<>();
    for (int node = 1; node < tree.size(); node++) {
      Optional.ofNullable(signals.get(tree.node(node).nodeId()))
          .map(Signal::newest)
          .ifPresent(readings::add);
    }
    return readings;
  }

  /** Sessions that last, in tree order, as they are kept. */
  List<KeptSession> lasting() {
    return connectors.stream().flatMap(c -> c.stay().session().stream()).toList();
  }

  /** Sessions that last, in tree order. */
  List<ChargingSession> sessions() {
    return connectors.stream()
        .flatMap(
            connector ->
                connector.stay().session().stream()
                    .map(session -> session.view(connector.register()).charging()))
        .toList();
  }
}
