package io.busbar.balancing;

import io.busbar.api.balancing.Alert;
import io.busbar.api.balancing.AllocationSummary;
import io.busbar.api.balancing.Breach;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.SiteStatus;
import io.busbar.api.balancing.WhatIf;
import io.busbar.api.balancing.WhatIfReply;
import io.busbar.api.field.ChargingSession;
import io.busbar.api.field.Reading;
import io.busbar.api.field.Readings;
import io.busbar.api.field.VehicleState;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.balancing.apply.Ledger;
import io.busbar.balancing.decide.BreachWatch;
import io.busbar.balancing.decide.Check;
import io.busbar.balancing.decide.ConnectorRating;
import io.busbar.balancing.decide.Decider;
import io.busbar.balancing.decide.Decision;
import io.busbar.balancing.decide.Report;
import io.busbar.balancing.decide.SiteTree;
import io.busbar.balancing.decide.Snapshot;
import io.busbar.balancing.decide.Supposition;
import io.busbar.balancing.replay.Freezer;
import io.busbar.balancing.replay.Inputs;
import io.busbar.balancing.replay.ResultDigest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One site: hears what happens in the field, and runs the cycle over it. Plain, without bus and
 * clock; whoever owns it sends what its ledger gives.
 */
final class Site {

  private final BalancingConfig config;
  private final BreachWatch breaches;
  private final SiteMemory memory;
  private SiteTree tree;
  private Ledger ledger;
  private Decider decider;
  private Report report;
  private Freezer freezer;
  private CycleResult last;
  private Snapshot lastSnapshot;
  private volatile List<Alert> alerts = List.of();
  private long cycles;

  Site(TopologySnapshot topology, BalancingConfig config, Instant now) {
    this.config = config;
    this.breaches = new BreachWatch(config.policy());
    this.tree = SiteTree.of(topology);
    this.memory = new SiteMemory(tree, config.policy(), now);
    this.ledger = new Ledger(tree, config.apply(), now);
    prepare(topology);
  }

  private void prepare(TopologySnapshot topology) {
    decider = new Decider(tree, config.policy());
    report = new Report(tree);
    freezer = new Freezer(topology, config.policy(), config.apply());
  }

  /** Takes another version of the tree; what is known of nodes that stay is kept. */
  void adopt(TopologySnapshot topology, Instant now) {
    SiteTree next = SiteTree.of(topology);
    memory.adopt(next);
    ledger = new Ledger(next, config.apply(), ledger, now);
    tree = next;
    lastSnapshot = null;
    prepare(topology);
  }

  /** Takes readings; true if something in them asks for a cycle at once. */
  boolean take(Readings readings, Instant now) {
    boolean urgent = false;
    for (Reading reading : readings.readings()) {
      ConnectorState connector = memory.connectorAt(reading.nodeId());
      if (connector == null) {
        urgent |= memory.take(reading, now) && isAboveLimit(reading);
      } else {
        VehicleState before = connector.vehicle();
        boolean heard = connector.isHeard();
        urgent |= memory.take(reading, now) && (book(connector, reading, now) || !heard);
        urgent |= before != connector.vehicle();
      }
    }
    return urgent;
  }

  /** Books what a device says of itself; true if it lost what it was set to. */
  private boolean book(ConnectorState connector, Reading reading, Instant now) {
    int number = connector.rating().number();
    int before = ledger.book(number).confirmed();
    Instant at = reading.measuredAt();
    reading.limitWatts().ifPresent(watts -> ledger.readBack(number, watts, at, now));
    reading.powerWatts().ifPresent(watts -> ledger.power(number, watts, at));
    return ledger.book(number).confirmed() > before;
  }

  private boolean isAboveLimit(Reading reading) {
    if (reading.powerWatts().isEmpty()) {
      return false;
    }
    int node = tree.number(reading.nodeId()).orElseThrow();
    long watts = reading.powerWatts().getAsInt();
    return watts > tree.limits().watts(node)
        || -watts > tree.limits().watts(ConstraintType.NET_CAP, node)
        || -watts > tree.limits().watts(ConstraintType.GENERATION_CAP, node)
        || isShortOfCredit(node, watts);
  }

  /** A source feeds in less than what is set off for it under a net limit. */
  private boolean isShortOfCredit(int node, long watts) {
    return tree.node(node).nodeType() == NodeType.POWER_SOURCE && -watts < memory.creditWatts(node);
  }

  /** Takes a session; true if it began or ended. */
  boolean take(ChargingSession session) {
    ConnectorState connector = memory.connectorAt(session.nodeId());
    return connector != null && connector.take(session);
  }

  /** Whether there is anything to decide on, or it is late enough to decide without. */
  boolean isReady(Instant now) {
    return memory.hasTelemetry() || !memory.isGrace(now);
  }

  /** Runs a cycle over all that is known. */
  Cycle run(CycleCause cause, Instant now, Instant nextChance) {
    hearSilence(now);
    Snapshot snapshot = memory.freeze(ledger, now);
    Decision decision = decider.decide(snapshot);
    int within = cause.nodeId().map(id -> tree.number(id).orElseThrow()).orElse(SiteTree.ROOT);
    memory.decided(decision, within, now);
    ledger.plan(memory.targets(), decision.room(), now, nextChance);
    List<Breach> changes = breaches.look(tree, decision, now);
    Inputs inputs = freezer.freeze(snapshot);
    last = result(cause, decision, inputs, now);
    lastSnapshot = snapshot;
    alerts = new Alerts(tree, ledger, breaches.open(), decision).all();
    return new Cycle(last, decision, inputs, changes);
  }

  /** Devices of which nothing was heard lately may be doing what they do by themselves. */
  private void hearSilence(Instant now) {
    for (ConnectorRating connector : tree.connectors()) {
      ledger.unanswering(connector.number(), !memory.connector(connector.number()).isFresh(now));
    }
  }

  private CycleResult result(CycleCause cause, Decision decision, Inputs inputs, Instant now) {
    String identity = tree.microgridId() + " " + now + " " + cycles++;
    UUID cycleId = UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8));
    Report.Ending ending = report.ending(decision);
    AllocationSummary summary = report.summary(decision);
    return new CycleResult(
        cycleId,
        tree.microgridId(),
        cause.nodeId(),
        tree.version(),
        now,
        now,
        ending.outcome(),
        ending.reasons(),
        summary,
        breaches.open(),
        new CycleResult.Audit(
            cause.actor(),
            cause.source(),
            cause.correlationId().orElseGet(cycleId::toString),
            config.policyVersion(),
            inputs.digest(),
            Optional.of(ResultDigest.of(ending.outcome(), ending.reasons(), summary))));
  }

  /** Whether some limit is exceeded that may soon be a breach. */
  boolean isSuspicious() {
    return breaches.isSuspicious();
  }

  SiteTree tree() {
    return tree;
  }

  Ledger ledger() {
    return ledger;
  }

  ConnectorState connector(int number) {
    return memory.connector(number);
  }

  int failed(Check check) {
    return memory.failed(check);
  }

  int openBreaches() {
    return breaches.open().size();
  }

  List<String> neverHeard() {
    return memory.neverHeard();
  }

  Optional<CycleResult> last() {
    return Optional.ofNullable(last);
  }

  /** What the last cycle would have decided if something were different. */
  WhatIfReply suppose(WhatIf question) {
    return lastSnapshot == null
        ? new WhatIfReply.Refused(
            "NO_CYCLE_YET", "no cycle has run on this version of the tree; ask again in a moment")
        : new Supposition(tree, config.policy(), lastSnapshot).decide(question);
  }

  /** What needs a person, as of the last cycle. */
  List<Alert> alerts() {
    return alerts;
  }

  /** Opens no breach until {@link #remember} says which are open. */
  void awaitBreaches() {
    breaches.await();
  }

  /** Takes up breaches that an earlier run of the process left open. */
  void remember(List<Breach> open) {
    breaches.remember(open);
  }

  SiteStatus status() {
    return new SiteStatus(
        tree.microgridId(), last(), breaches.open(), alerts, memory.readings(), memory.sessions());
  }
}
