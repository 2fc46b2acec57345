package io.busbar.modbus.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.field.Device;
import io.busbar.api.field.DeviceFault;
import io.busbar.api.field.FieldAddresses;
import io.busbar.api.field.ListDevices;
import io.busbar.api.field.Reading;
import io.busbar.api.field.Readings;
import io.busbar.api.field.SetPoint;
import io.busbar.api.field.SetPointReply;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.simulation.ModbusServer;
import io.busbar.modbus.simulation.SimulatedCharger;
import io.busbar.modbus.wire.Framing;
import io.busbar.testkit.ConnectorSite;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Some plain chargers with an address each, and the driver that serves them. */
final class PlainSite implements AutoCloseable {

  private static final String ID = "charger-plain";
  private static final int FALLBACK_AMPS = 6;
  private static final int WATCHDOG_SECONDS = 20;
  private static final Duration LONG = Duration.ofSeconds(60);

  private final List<SimulatedCharger> chargers;
  private final List<ModbusServer> servers;
  private final FakeContext context;
  private final PluginHarness harness;

  /**
   * Starts it.
   *
   * @param settings of every device besides its address
   */
  PlainSite(RegisterMap map, int count, JsonObject settings, Path folder) {
    chargers = IntStream.range(0, count).mapToObj(i -> charger(map)).toList();
    servers = chargers.stream().map(each -> ModbusServer.of(Framing.TCP, 1, each)).toList();
    JsonArray devices = new JsonArray();
    for (int i = 0; i < count; i++) {
      devices.add(
          settings
              .copy()
              .put("connector", "C" + (i + 1))
              .put("host", "127.0.0.1")
              .put("port", servers.get(i).peer().port()));
    }
    context = FakeContext.of(ID, new JsonObject().put("devices", devices), folder);
    new ConnectorSite(count, FALLBACK_AMPS, WATCHDOG_SECONDS).answerOn(context.bus());
    harness = PluginHarness.start(new PlainCharger.Plugin(map), context);
  }

  private static SimulatedCharger charger(RegisterMap map) {
    SimulatedCharger charger = new SimulatedCharger(map, 1, ConnectorSite.WATTS_PER_AMP);
    charger.watchdog(WATCHDOG_SECONDS, FALLBACK_AMPS);
    return charger;
  }

  /** The device of a connector, counted from 1 as all others here. */
  SimulatedCharger charger(int number) {
    return chargers.get(number - 1);
  }

  ModbusServer server(int number) {
    return servers.get(number - 1);
  }

  Instant now() {
    return context.clock().instant();
  }

  /** What its driver knows of a device. */
  Device device(int number) {
    return context
        .bus()
        .ask(FieldAddresses.DEVICES.at(ID), new ListDevices())
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(10, TimeUnit.SECONDS) // a lane may be telling something just now
        .join()
        .devices()
        .stream()
        .filter(device -> device.name().equals("C" + number))
        .findFirst()
        .orElseThrow();
  }

  boolean isOnline(int number) {
    return device(number).link() == Device.Link.ONLINE;
  }

  boolean isSaid(int number, String fault) {
    return device(number).faults().stream().map(DeviceFault::code).anyMatch(fault::equals);
  }

  /** All readings of a connector, oldest first. */
  List<Reading> readings(int number) {
    return context.bus().told(FieldAddresses.READINGS).stream()
        .map(Readings::readings)
        .flatMap(List::stream)
        .filter(reading -> reading.nodeId().equals(ConnectorSite.connector(number)))
        .toList();
  }

  /** Sets a limit as decided just now. */
  SetPointReply set(int number, int watts) {
    SetPoint order =
        new SetPoint(
            ConnectorSite.MICROGRID, ConnectorSite.connector(number), watts, now(), "test");
    Future<SetPointReply> reply =
        context.bus().ask(FieldAddresses.SET_POINT.at(order.nodeId()), order);
    eventually("a reply to " + watts + " W", reply::isComplete);
    return reply.result();
  }

  /** What is exposed of the connection to a device. */
  double meter(String name, int number) {
    String peer = server(number).peer().toString();
    return context.metrics().gauge(name, "driver", ID, "peer", peer);
  }

  void eventually(String what, BooleanSupplier holds) {
    assertThat(RealTime.eventually(context.clock(), LONG, holds))
        .as("%s; %s", what, device(1))
        .isTrue();
  }

  void pass(Duration time) {
    RealTime.eventually(context.clock(), time, () -> false);
  }

  @Override
  public void close() {
    harness.close();
    servers.forEach(ModbusServer::close);
  }
}
