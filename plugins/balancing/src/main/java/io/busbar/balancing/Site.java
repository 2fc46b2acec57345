package io.busbar.balancing;

import io.busbar.api.balancing.Breach;
import io.busbar.api.balancing.CycleResult;
import io.busbar.api.balancing.SiteStatus;
import io.busbar.api.field.ChargingSession;
import io.busbar.api.field.Reading;
import io.busbar.api.field.Readings;
import io.busbar.api.topology.TopologySnapshot;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Everything the engine knows of one site, and the cycle over it. Plain: the caller sends. */
final class Site {

  private final BalancingConfig config;
  private final Instant since;
  private final Breaches breaches;
  private final InputDigest digest = new InputDigest();
  private SiteTree tree;
  private FieldState field;
  private Ledger[] ledgers;
  private VehicleMemory[] vehicles;
  private Turns turns;
  private Planner planner;
  private Apply apply;
  private Plan plan;
  private CycleResult last;
  private List<Breach> breachChanges = List.of();
  private long cycles;

  Site(TopologySnapshot snapshot, BalancingConfig config, Instant now) {
    this.config = config;
    this.since = now;
    this.breaches = new Breaches(config);
    adopt(snapshot);
  }

  /** Takes another version of the tree; what is known of nodes that stay is kept. */
  void adopt(TopologySnapshot snapshot) {
    SiteTree next = new SiteTree(snapshot);
    int count = next.connectors().size();
    FieldState nextField = new FieldState(next, config.freshness());
    Ledger[] nextLedgers = new Ledger[count];
    VehicleMemory[] nextVehicles = new VehicleMemory[count];
    Turns nextTurns = new Turns(count, config.minOnTime());
    for (SiteTree.Connector connector : next.connectors()) {
      int i = connector.index();
      nextLedgers[i] = new Ledger(connector);
      nextVehicles[i] = new VehicleMemory(connector.minWatts(), config);
      Optional<SiteTree.Connector> before = before(connector.nodeId());
      if (before.isPresent()) {
        nextLedgers[i].adopt(ledgers[before.get().index()]);
        nextVehicles[i] = vehicles[before.get().index()];
        nextTurns.adopt(i, turns, before.get().index());
      }
    }
    if (field != null) {
      nextField.adopt(field);
    }
    tree = next;
    field = nextField;
    ledgers = nextLedgers;
    vehicles = nextVehicles;
    turns = nextTurns;
    planner = new Planner(next);
    apply = new Apply(next, nextLedgers, config);
    plan = null;
  }

  private Optional<SiteTree.Connector> before(UUID nodeId) {
    return tree == null ? Optional.empty() : tree.find(nodeId).flatMap(tree::connectorAt);
  }

  /** Takes readings; true if something happened that asks for a cycle at once. */
  boolean take(Readings readings) {
    boolean urgent = false;
    for (Reading reading : readings.readings()) {
      Optional<Integer> node = tree.find(reading.nodeId());
      if (node.isPresent() && field.take(node.get(), reading)) {
        Optional<SiteTree.Connector> connector = tree.connectorAt(node.get());
        urgent |=
            connector.isPresent()
                ? see(connector.get(), reading)
                : reading.powerWatts().isPresent()
                    && reading.powerWatts().getAsInt() > tree.limit(node.get());
      }
    }
    return urgent;
  }

  private boolean see(SiteTree.Connector connector, Reading reading) {
    int i = connector.index();
    VehicleMemory vehicle = vehicles[i];
    int before = vehicle.request(connector.ratedWatts());
    boolean booked =
        reading.limitWatts().isPresent()
            && ledgers[i].report(reading.limitWatts().getAsInt(), reading.measuredAt());
    reading
        .vehicle()
        .ifPresent(
            state ->
                vehicle.see(
                    state,
                    reading.powerWatts().orElse(-1),
                    ledgers[i].confirmed(),
                    reading.measuredAt()));
    int after = vehicle.request(connector.ratedWatts());
    boolean began = before == 0 && after > 0;
    boolean ended = before > 0 && after == 0;
    return began || ended || (booked && ledgers[i].confirmed() != ledgers[i].wanted());
  }

  /** Takes a session; true if it asks for a cycle at once. */
  boolean take(ChargingSession session) {
    Optional<SiteTree.Connector> connector = before(session.nodeId());
    if (connector.isEmpty()) {
      return false;
    }
    int i = connector.get().index();
    Optional<UUID> known = field.session(i).map(ChargingSession::sessionId);
    boolean begins =
        session.unpluggedAt().isEmpty() && !known.equals(Optional.of(session.sessionId()));
    if (begins) {
      vehicles[i].begin();
    }
    field.take(session);
    return begins || session.unpluggedAt().isPresent();
  }

  /** Runs a cycle over all that is known now. */
  CycleResult cycle(Instant now, Optional<UUID> within, String actor, String source, String id) {
    String inputs = digest.of(tree, field, ledgers, vehicles, turns, now);
    plan = planner.plan(field, vehicles, ledgers, turns, now);
    for (SiteTree.Connector connector : tree.connectors()) {
      if (within.flatMap(tree::find).map(top -> tree.isBelow(connector.node(), top)).orElse(true)) {
        ledgers[connector.index()].want(plan.targets()[connector.index()]);
      }
    }
    breachChanges = breaches.look(tree, plan.demand(), now);
    Report report = new Report(plan);
    UUID cycleId =
        UUID.nameUUIDFromBytes(
            (tree.microgrid().microgridId() + " " + now + " " + cycles++)
                .getBytes(StandardCharsets.UTF_8));
    last =
        new CycleResult(
            cycleId,
            tree.microgrid().microgridId(),
            within,
            tree.microgrid().version(),
            now,
            now,
            report.outcome(),
            report.reasons(),
            report.summary(),
            breaches.open(),
            new CycleResult.Audit(actor, source, id, config.policyVersion(), inputs));
    return last;
  }

  /** Set-points that may go out now. */
  List<Apply.Send> due(Instant now) {
    return plan == null
        ? List.of()
        : apply.due(now, node -> plan.headroom()[node], mayIncrease(now));
  }

  /** Increases wait until every device and meter was read once, or the grace is over. */
  private boolean mayIncrease(Instant now) {
    return !now.isBefore(since.plus(config.startGrace())) || neverRead().isEmpty();
  }

  /** Meters and devices that never said anything. */
  List<String> neverRead() {
    List<String> missing = new ArrayList<>();
    for (int node = 1; node < tree.size(); node++) {
      int at = node;
      boolean silent =
          tree.connectorAt(node).map(c -> !ledgers[c.index()].adopted()).orElse(false)
              || (tree.meter(node).isPresent() && field.lastPower(at).isEmpty());
      if (silent) {
        missing.add(tree.name(node));
      }
    }
    return missing;
  }

  /** Whether anything at all was ever measured here. */
  boolean hasTelemetry() {
    return !field.readings().isEmpty();
  }

  /** Meters of which nothing usable is known now. */
  List<String> missingInputs(Instant now) {
    return Demand.resolve(tree, field, now).missingInputs();
  }

  Ledger ledger(int connector) {
    return ledgers[connector];
  }

  SiteTree tree() {
    return tree;
  }

  /** Demand as the last cycle saw it. */
  Optional<Demand> demand() {
    return Optional.ofNullable(plan).map(Plan::demand);
  }

  /** Breaches that the last cycle opened or closed. */
  List<Breach> breachChanges() {
    return breachChanges;
  }

  int openBreaches() {
    return breaches.open().size();
  }

  /** Id of the newest cycle; empty before the first. */
  String lastCycleId() {
    return last == null ? "" : last.cycleId().toString();
  }

  SiteStatus status() {
    return new SiteStatus(
        tree.microgrid().microgridId(),
        Optional.ofNullable(last),
        breaches.open(),
        field.readings(),
        field.sessions());
  }
}
