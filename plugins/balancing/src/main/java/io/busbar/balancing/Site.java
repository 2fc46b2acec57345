package io.busbar.balancing;

import io.busbar.api.balancing.Alert;
import io.busbar.api.balancing.AllocationSummary;
import io.busbar.api.balancing.Breach;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.SiteSession;
import io.busbar.api.balancing.SiteSettings;
import io.busbar.api.balancing.SiteStatus;
import io.busbar.api.balancing.WhatIf;
import io.busbar.api.balancing.WhatIfReply;
import io.busbar.api.field.ChargingSession;
import io.busbar.api.field.FieldAddresses;
import io.busbar.api.field.Reading;
import io.busbar.api.field.Readings;
import io.busbar.api.field.VehicleState;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.balancing.apply.Ledger;
import io.busbar.balancing.decide.BreachWatch;
import io.busbar.balancing.decide.Check;
import io.busbar.balancing.decide.ConnectorRating;
import io.busbar.balancing.decide.Decider;
import io.busbar.balancing.decide.Decision;
import io.busbar.balancing.decide.Headroom;
import io.busbar.balancing.decide.OutsideLimit;
import io.busbar.balancing.decide.Report;
import io.busbar.balancing.decide.SiteTree;
import io.busbar.balancing.decide.Snapshot;
import io.busbar.balancing.decide.Supposition;
import io.busbar.balancing.replay.Freezer;
import io.busbar.balancing.replay.Inputs;
import io.busbar.balancing.replay.ResultDigest;
import io.busbar.balancing.session.KeptSession;
import io.busbar.balancing.session.Stay;
import io.busbar.balancing.state.Remembered;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * One site: hears what happens in the field, and runs the cycle over it. Plain, without bus and
 * clock; whoever owns it sends what its ledger gives.
 */
final class Site {

  /** For how long set-points of an earlier run of the process may reach devices. */
  private static final Duration UNDER_WAY = FieldAddresses.SET_POINT.timeout();

  private final BalancingConfig configured;
  private final BreachWatch breaches;
  private final SiteMemory memory;
  private BalancingConfig config;
  private Optional<SiteSettings> chosen = Optional.empty();
  private TopologySnapshot topology;
  private SiteTree tree;
  private Ledger ledger;
  private Decider decider;
  private Headroom headroom;
  private Report report;
  private Freezer freezer;
  private CycleResult last;
  private Snapshot lastSnapshot;
  private volatile List<Alert> alerts = List.of();
  private Decision lastDecision;
  private long cycles;

  Site(TopologySnapshot topology, BalancingConfig config, Instant now) {
    this.configured = config;
    this.config = config;
    this.breaches = new BreachWatch(config.policy());
    this.tree = SiteTree.of(topology);
    this.memory = new SiteMemory(tree, config.policy(), now);
    this.ledger = new Ledger(tree, config.apply(), null, now, UNDER_WAY);
    prepare(topology);
  }

  private void prepare(TopologySnapshot current) {
    topology = current;
    freezer = new Freezer(current, config.policy(), config.apply());
    lay();
  }

  private void lay() {
    decider = new Decider(tree, config.policy());
    headroom = new Headroom(tree, config.policy());
    report = new Report(tree);
  }

  /** Balances under these limits from outside, in the place of those before. */
  void limit(List<OutsideLimit> outside) {
    if (!outside.equals(tree.outside())) {
      tree = tree.under(outside);
      lay();
    }
  }

  /** Takes another version of the tree; what is known of nodes that stay is kept. */
  void adopt(TopologySnapshot topology, Instant now) {
    SiteTree next = SiteTree.of(topology).under(tree.outside());
    memory.adopt(next, now);
    ledger = new Ledger(next, config.apply(), ledger, now, UNDER_WAY);
    tree = next;
    lastSnapshot = null;
    lastDecision = null;
    prepare(topology);
  }

  /** The clock was set, so far: what is remembered by the old one is told by the new one. */
  void shift(Duration by, Instant now) {
    memory.shift(by);
    ledger.shift(by, now.plus(config.policy().freshness()));
  }

  /** Goes on with what was known before a restart. */
  void restore(Remembered remembered, Instant now) {
    memory.restore(remembered.sessions(), now);
    remembered.settings().ifPresent(this::choose);
  }

  /** Balances in a way that somebody chose, from the next cycle on. */
  void choose(SiteSettings settings) {
    chosen = Optional.of(settings);
    config = configured.choosing(settings.chosenStrategy(), settings.chosenGranularity());
    prepare(topology);
  }

  /** Takes readings and says what they ask for. */
  Urgency take(Readings readings, Instant now) {
    Urgency urgency = Urgency.NONE;
    for (Reading reading : readings.readings()) {
      ConnectorState connector = memory.connectorAt(reading.nodeId());
      Urgency its =
          connector == null ? takeMeter(reading, now) : takeConnector(connector, reading, now);
      urgency = urgency.or(its);
    }
    return urgency;
  }

  /** A load that falls leaves more room, not less, until it feeds in. */
  private Urgency takeMeter(Reading reading, Instant now) {
    OptionalInt before = memory.power(reading.nodeId());
    if (!memory.take(reading, now) || reading.powerWatts().isEmpty()) {
      return Urgency.NONE;
    }
    int watts = reading.powerWatts().getAsInt();
    boolean worse =
        before.isEmpty() || watts > before.getAsInt() || watts < Math.min(0, before.getAsInt());
    return worse ? Urgency.DOUBT : Urgency.NONE;
  }

  private Urgency takeConnector(ConnectorState connector, Reading reading, Instant now) {
    VehicleState before = connector.vehicle();
    boolean heard = connector.isHeard();
    if (!memory.take(reading, now)) {
      return Urgency.NONE;
    }
    int number = connector.rating().number();
    boolean lost = book(number, reading, now);
    boolean left = memory.hear(connector);
    if (lost || left || !heard || before != connector.vehicle()) {
      return Urgency.CYCLE;
    }
    return reading.powerWatts().orElse(0) > ledger.booked(number) ? Urgency.DOUBT : Urgency.NONE;
  }

  /** Books what a device says of itself; true if it allows more than it was thought to. */
  private boolean book(int number, Reading reading, Instant now) {
    int before = ledger.booked(number);
    Instant at = reading.measuredAt();
    reading.limitWatts().ifPresent(watts -> ledger.readBack(number, watts, at, now));
    reading.powerWatts().ifPresent(watts -> ledger.power(number, watts, at));
    return ledger.booked(number) > before;
  }

  /** Whether, by the newest readings, limits have less room than the last cycle reckoned with. */
  boolean isShort(Instant now) {
    return lastDecision != null
        && headroom.isShort(lastDecision, memory.look(ledger, now), ledger::exceeds);
  }

  /** Takes what a device says of a session; true if something is different then. */
  boolean take(ChargingSession session) {
    return memory.take(session);
  }

  /** Takes what was stored of a session for somebody who asked. */
  void put(KeptSession session) {
    memory.put(session);
  }

  /** Sessions that changed since this was asked last, in order. */
  List<KeptSession> takeChangedSessions() {
    return memory.takeChanged();
  }

  /** The session that lasts and is called so; empty when none is. */
  Optional<KeptSession> session(UUID sessionId) {
    return memory.session(sessionId);
  }

  /** Sessions that last, in tree order. */
  List<KeptSession> sessions() {
    return memory.lasting();
  }

  /** The stay at a connector; empty where there is none. */
  Optional<Stay> stay(UUID nodeId) {
    return Optional.ofNullable(memory.connectorAt(nodeId)).map(ConnectorState::stay);
  }

  /** A connector's energy register; empty where it was never read. */
  OptionalLong register(UUID nodeId) {
    ConnectorState connector = memory.connectorAt(nodeId);
    return connector == null ? OptionalLong.empty() : connector.register();
  }

  /** A session as others see it. */
  SiteSession view(KeptSession session) {
    return session.view(register(session.nodeId()));
  }

  /** Whether there is anything to decide on, or it is late enough to decide without. */
  boolean isReady(Instant now) {
    return memory.hasTelemetry() || !memory.isGrace(now);
  }

  /** Runs a cycle over all that is known. */
  Cycle run(CycleCause cause, Instant now, Instant nextChance) {
    hearSilence(now);
    Snapshot snapshot = memory.freeze(ledger, now).under(tree.outside());
    Decision decision = decider.decide(snapshot);
    int within = cause.nodeId().map(id -> tree.number(id).orElseThrow()).orElse(SiteTree.ROOT);
    memory.decided(decision, within, now);
    ledger.plan(memory.targets(), decision.room(), now, nextChance);
    List<Breach> changes = breaches.look(tree, decision, now);
    Inputs inputs = freezer.freeze(snapshot);
    last = result(cause, decision, inputs, now);
    lastSnapshot = snapshot;
    alerts = new Alerts(tree, ledger, breaches.open(), decision).all();
    lastDecision = decision;
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
    Report.Ending ending = report.ending(decision).askedBy(cause.source());
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

  SiteSettings settings() {
    return new SiteSettings(
        tree.microgridId(),
        config.policy().strategy(),
        config.policy().granularity(),
        configured.policy().strategy(),
        configured.policy().granularity(),
        chosen.flatMap(SiteSettings::chosenStrategy),
        chosen.flatMap(SiteSettings::chosenGranularity),
        chosen.flatMap(SiteSettings::changedAt),
        chosen.flatMap(SiteSettings::changedBy));
  }

  SiteStatus status() {
    return new SiteStatus(
        tree.microgridId(),
        last(),
        breaches.open(),
        alerts,
        memory.readings(),
        memory.sessions(),
        settings());
  }
}
