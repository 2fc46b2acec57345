package io.busbar.simulator;

import io.busbar.api.Bus;
import io.busbar.api.PluginContext;
import io.busbar.api.Registration;
import io.busbar.api.field.ChargingSession;
import io.busbar.api.field.FieldAddresses;
import io.busbar.api.field.Reading;
import io.busbar.api.field.Readings;
import io.busbar.api.field.SetPoint;
import io.busbar.api.field.SetPointReply;
import io.busbar.api.simulator.PlayReply;
import io.busbar.api.simulator.PlayStays;
import io.busbar.api.simulator.PlayStays.Stay;
import io.busbar.api.simulator.SimulatorAddresses;
import io.busbar.api.topology.Meter;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import io.busbar.api.topology.TopologySnapshot;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** One site's devices on the bus: answers set-points, tells readings and sessions. */
final class SimulatedSite implements AutoCloseable {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final PluginContext context;
  private final Bus bus;
  private final SimulatorConfig config;
  private final TopologySnapshot snapshot;
  private final UUID microgridId;
  private final List<Registration> registrations = new ArrayList<>();
  private Physics physics;

  SimulatedSite(PluginContext context, SimulatorConfig config, TopologySnapshot snapshot) {
    this.context = context;
    this.bus = context.bus();
    this.config = config;
    this.snapshot = snapshot;
    this.microgridId = snapshot.microgrid().microgridId();
    Instant now = context.clock().instant();
    SiteTraffic traffic = new SiteTraffic(config, snapshot);
    physics = traffic.warmedUp(now);
    start();
  }

  int version() {
    return snapshot.microgrid().version();
  }

  private void start() {
    for (MicrogridNode node : snapshot.nodes()) {
      if (node.nodeType() == NodeType.CONNECTOR) {
        registrations.add(bus.answerLater(FieldAddresses.SET_POINT.at(node.nodeId()), this::set));
      }
    }
    registrations.add(bus.answer(SimulatorAddresses.PLAY.at(microgridId), this::play));
    registrations.add(
        bus.answer(
            SimulatorAddresses.RECORD.at(microgridId),
            query -> {
              physics.advanceTo(context.clock().instant());
              return physics.record();
            }));
    registrations.add(context.scheduler().every(Duration.ZERO, config.sample(), this::sample));
  }

  /** A higher set-point is confirmed at once, a lower one when the device has obeyed it. */
  private Future<SetPointReply> set(SetPoint setPoint) {
    Instant now = context.clock().instant();
    physics.advanceTo(now);
    Evse evse = physics.evse(setPoint.nodeId()).orElseThrow();
    int stored = evse.set(setPoint.limitWatts(), now.getEpochSecond());
    if (evse.watts() <= stored) {
      return Future.succeededFuture(new SetPointReply.Confirmed(stored, now));
    }
    Promise<SetPointReply> obeyed = Promise.promise();
    watch(evse, obeyed);
    return obeyed.future();
  }

  private void watch(Evse evse, Promise<SetPointReply> obeyed) {
    context
        .scheduler()
        .after(
            SECOND,
            () -> {
              Instant now = context.clock().instant();
              physics.advanceTo(now);
              if (evse.watts() <= evse.limitWatts()) {
                obeyed.complete(new SetPointReply.Confirmed(evse.limitWatts(), now));
              } else {
                watch(evse, obeyed);
              }
            });
  }

  private void sample() {
    Instant now = context.clock().instant();
    physics.advanceTo(now);
    tellSessions();
    List<Reading> readings = new ArrayList<>();
    for (MicrogridNode node : snapshot.nodes()) {
      if (node.nodeType() == NodeType.CONNECTOR) {
        readings.add(connector(node.nodeId(), now));
      } else if (node.nodeType() == NodeType.POWER_SOURCE) {
        readings.add(power(node.nodeId(), now));
      }
    }
    for (Meter meter : snapshot.meters()) {
      readings.add(power(meter.nodeId(), now));
    }
    bus.tell(
        FieldAddresses.READINGS.at(microgridId), new Readings(microgridId, "simulator", readings));
  }

  private Reading power(UUID nodeId, Instant now) {
    return Reading.ofPower(nodeId, now, (int) Math.round(physics.watts(nodeId)));
  }

  private Reading connector(UUID nodeId, Instant now) {
    Evse evse = physics.evse(nodeId).orElseThrow();
    return new Reading(
        nodeId,
        now,
        OptionalInt.of((int) Math.round(evse.watts())),
        OptionalLong.of((long) evse.energyWattHours()),
        List.of(),
        Optional.of(evse.vehicle()),
        OptionalInt.of(evse.limitWatts()));
  }

  private void tellSessions() {
    for (Physics.StayChange change : physics.takeChanges()) {
      Stay stay = change.stay();
      Instant at = Instant.ofEpochSecond(change.at());
      bus.tell(
          FieldAddresses.SESSION.at(microgridId),
          new ChargingSession(
              stay.sessionId(),
              microgridId,
              stay.nodeId(),
              change.arrived() ? at : stay.arrival(),
              change.arrived() ? Optional.empty() : Optional.of(at),
              OptionalInt.of(stay.energyWattHours()),
              Optional.of(stay.announcedDeparture()),
              0,
              1,
              OptionalInt.of(stay.maxWatts())));
    }
  }

  private PlayReply play(PlayStays question) {
    List<String> problems = StayCheck.problems(question.stays(), snapshot);
    if (!problems.isEmpty()) {
      return new PlayReply.Refused(problems);
    }
    Instant now = context.clock().instant();
    physics = new SiteTraffic(config, snapshot).with(question.stays(), now);
    return new PlayReply.Playing(question.stays().size());
  }

  @Override
  public void close() {
    registrations.forEach(Registration::close);
  }
}
