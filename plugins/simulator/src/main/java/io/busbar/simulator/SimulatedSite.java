package io.busbar.simulator;

import io.busbar.api.Bus;
import io.busbar.api.PluginContext;
import io.busbar.api.Registration;
import io.busbar.api.field.ChargingSession;
import io.busbar.api.field.FieldAddresses;
import io.busbar.api.field.Reading;
import io.busbar.api.field.Readings;
import io.busbar.api.simulator.Degrade;
import io.busbar.api.simulator.DegradeReply;
import io.busbar.api.simulator.FieldRecord;
import io.busbar.api.simulator.NodeLoads;
import io.busbar.api.simulator.PlayReply;
import io.busbar.api.simulator.PlayStays;
import io.busbar.api.simulator.PlayStays.Stay;
import io.busbar.api.simulator.SimulatorAddresses;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.simulator.SimulatorConfig.SiteConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/** One site's devices on the bus: answers set-points, tells readings and sessions. */
final class SimulatedSite implements AutoCloseable {

  private static final Duration WIRE_STEP = Duration.ofMillis(250);

  private final PluginContext context;
  private final Bus bus;
  private final SimulatorConfig config;
  private final SiteConfig settings;
  private final UUID microgridId;
  private final Faults faults = new Faults();
  private final Devices devices;
  private final List<Registration> registrations = new ArrayList<>();
  private final Map<UUID, Registration> connectors = new HashMap<>();
  private final List<Physics.StayChange> unsaid = new ArrayList<>();
  private TopologySnapshot snapshot;
  private WireChargers wired;
  private Instruments instruments;
  private Physics physics;
  private Optional<SiteTraffic> traffic;

  SimulatedSite(PluginContext context, SimulatorConfig config, TopologySnapshot snapshot) {
    this.context = context;
    this.bus = context.bus();
    this.config = config;
    this.snapshot = snapshot;
    this.microgridId = snapshot.microgrid().microgridId();
    this.settings = config.of(snapshot.microgrid().name());
    this.instruments = new Instruments(snapshot);
    this.wired = wireUp();
    this.devices = new Devices(context.clock(), context.scheduler(), faults, this::present);
    Instant now = context.clock().instant();
    ZoneId zone = ZoneId.of(snapshot.microgrid().timeZone());
    this.traffic = Optional.of(new SiteTraffic(settings, config.seed(), zone, now));
    this.physics = new Physics(snapshot, config.manners(), backgrounds(), now);
    planAhead(now);
    start();
  }

  private WireChargers wireUp() {
    return new WireChargers(config.modbus(), snapshot, context.configFolder());
  }

  private List<BackgroundLoad> backgrounds() {
    return Backgrounds.of(snapshot, settings, config.seed());
  }

  private void start() {
    answerSetPoints();
    registrations.add(bus.answer(SimulatorAddresses.PLAY.at(microgridId), this::play));
    registrations.add(bus.answer(SimulatorAddresses.RECORD.at(microgridId), query -> record()));
    registrations.add(bus.answer(SimulatorAddresses.DEGRADE.at(microgridId), this::degrade));
    registrations.add(context.scheduler().every(Duration.ZERO, config.sample(), this::sample));
    if (!config.modbus().isEmpty()) {
      registrations.add(context.scheduler().every(Duration.ZERO, WIRE_STEP, this::stepWired));
    }
  }

  private void answerSetPoints() {
    for (UUID id : told(instruments.connectors())) {
      connectors.computeIfAbsent(
          id, node -> bus.answerLater(FieldAddresses.SET_POINT.at(node), devices::set));
    }
  }

  /** Of connectors that speak Modbus nothing is told. */
  private Set<UUID> told(Set<UUID> nodes) {
    Set<UUID> told = new HashSet<>(nodes);
    told.removeAll(wired.nodes());
    return told;
  }

  private void stepWired() {
    Instant now = context.clock().instant();
    physics.advanceTo(now);
    wired.step(physics, faults, now);
  }

  int version() {
    return snapshot.microgrid().version();
  }

  /** Goes on with the site as it is after an edit. */
  void changedTo(TopologySnapshot changed) {
    physics.advanceTo(context.clock().instant());
    snapshot = changed;
    instruments = new Instruments(changed);
    physics = physics.changedTo(changed, config.manners(), backgrounds());
    if (!wired.isAsIn(changed)) {
      wired.close();
      wired = wireUp();
    }
    Set<UUID> still = told(instruments.connectors());
    connectors.entrySet().stream()
        .filter(entry -> !still.contains(entry.getKey()))
        .forEach(entry -> entry.getValue().close());
    connectors.keySet().retainAll(still);
    answerSetPoints();
  }

  /** Brings the site up to now. */
  private Optional<Evse> present(UUID nodeId) {
    physics.advanceTo(context.clock().instant());
    return physics.evse(nodeId);
  }

  private FieldRecord record() {
    physics.advanceTo(context.clock().instant());
    return physics.record();
  }

  private void sample() {
    Instant now = context.clock().instant();
    physics.advanceTo(now);
    planAhead(now);
    tellSessions();
    bus.tell(
        FieldAddresses.READINGS.at(microgridId),
        new Readings(microgridId, "simulator", readings(now)));
    bus.tell(
        SimulatorAddresses.LOADS.at(microgridId),
        new NodeLoads(microgridId, now, physics.takeLoads()));
  }

  private List<Reading> readings(Instant now) {
    return instruments.read(physics, faults, now).stream()
        .filter(reading -> !wired.nodes().contains(reading.nodeId()))
        .toList();
  }

  /** Those who came before the simulator began are under way already. */
  private void planAhead(Instant now) {
    traffic.ifPresent(
        source -> {
          List<Stay> stays = source.upToTomorrow(now, snapshot);
          physics.plan(
              stays.stream()
                  .filter(stay -> stay.departure().isAfter(now))
                  .map(s -> s.arrival().isBefore(now) ? SiteTraffic.underWay(s, now) : s)
                  .toList());
        });
  }

  /** Who came or left at a device that cannot be reached is said when it can. */
  private void tellSessions() {
    unsaid.addAll(physics.takeChanges());
    unsaid.removeIf(change -> wired.nodes().contains(change.nodeId()));
    unsaid.removeIf(
        change -> {
          boolean reachable = !faults.at(Degrade.What.DEVICE_OFFLINE, change.nodeId());
          if (reachable) {
            bus.tell(FieldAddresses.SESSION.at(microgridId), session(change));
          }
          return reachable;
        });
  }

  private ChargingSession session(Physics.StayChange change) {
    Stay stay = change.stay();
    Instant at = Instant.ofEpochSecond(change.at());
    return new ChargingSession(
        stay.sessionId(),
        microgridId,
        stay.nodeId(),
        change.arrived() ? at : stay.arrival(),
        change.arrived() ? Optional.empty() : Optional.of(at),
        OptionalInt.of(stay.energyWattHours()),
        Optional.of(stay.announcedDeparture()),
        0,
        1,
        OptionalInt.of(stay.maxWatts()));
  }

  private PlayReply play(PlayStays question) {
    List<String> problems = StayCheck.problems(question.stays(), snapshot);
    if (!problems.isEmpty()) {
      return new PlayReply.Refused(problems);
    }
    physics.advanceTo(context.clock().instant());
    physics.empty();
    traffic = Optional.empty();
    physics.plan(question.stays().stream().sorted(Comparator.comparing(Stay::arrival)).toList());
    return new PlayReply.Playing(question.stays().size());
  }

  private DegradeReply degrade(Degrade wanted) {
    List<String> problems =
        wanted.nodeIds().stream()
            .filter(id -> !instruments.measures(id))
            .map(id -> "node " + id + " is neither a connector nor metered")
            .toList();
    if (!problems.isEmpty()) {
      return new DegradeReply.Refused(problems);
    }
    List<UUID> nodes = wanted.nodeIds().isEmpty() ? instruments.nodes() : wanted.nodeIds();
    faults.change(wanted, Set.copyOf(nodes));
    return new DegradeReply.Degraded(nodes.size());
  }

  @Override
  public void close() {
    registrations.forEach(Registration::close);
    connectors.values().forEach(Registration::close);
    wired.close();
  }
}
