package io.busbar.modbus.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.field.Device;
import io.busbar.api.field.FieldAddresses;
import io.busbar.api.field.ListDevices;
import io.busbar.api.field.Reading;
import io.busbar.api.field.Readings;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.map.RegisterMaps;
import io.busbar.modbus.plugin.ModbusChargerPlugin;
import io.busbar.modbus.testkit.Fault.Kind;
import io.busbar.modbus.wire.Framing;
import io.busbar.testkit.ConnectorSite;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two devices, one of which misbehaves in every way: it is named, the other one is not disturbed.
 */
class FaultMatrixTest {

  private static final int POLL_MILLIS = 200;

  /**
   * Less than the time that is waited for the sick one, and enough for a machine with other work.
   */
  private static final Duration UNDISTURBED = Duration.ofMillis(1_000);

  private static final Duration RECOVERY = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final SimulatedCharger sick = charger();
  private final SimulatedCharger sound = charger();
  private final ModbusServer sickServer = ModbusServer.of(Framing.TCP, 1, sick);
  private final ModbusServer soundServer = ModbusServer.of(Framing.TCP, 1, sound);
  private FakeContext context;
  private PluginHarness harness;

  /** A plain charger in amperes. */
  public static final class PlainPlugin extends ModbusChargerPlugin {
    @Override
    public RegisterMap map() {
      return plainMap();
    }
  }

  private static RegisterMap plainMap() {
    return RegisterMaps.parse(
        "plain",
        """
        format: busbar-registers/1
        driver: plain
        vendor: Plain
        models: [Plain]
        limits: { timeout_millis: 1500 }
        status: { register: state, values: { "0": none, "1": connected, "2": charging } }
        measured: { power: power, energy: energy, voltages: [voltage] }
        setpoint: { register: limit, unit: A, least: 6, step: 0.1, read_back: limit }
        watchdog: { fed_by: setpoint, seconds: 20, fallback_register: fallback }
        read: { fast: [state, power, energy, voltage, limit, fallback] }
        registers:
          state: { address: 10, type: uint16, least: 0, most: 2, meaning: state }
          power: { address: 11, type: uint32, unit: W, least: 0, most: 50000, meaning: power }
          energy: { address: 13, type: uint32, unit: Wh, meaning: energy }
          voltage: { address: 15, type: uint16, unit: V, least: 200, most: 260, meaning: voltage }
          limit: { address: 16, type: uint16, scale: 0.1, unit: A, access: rw, meaning: limit }
          fallback: { address: 17, type: uint16, scale: 0.1, unit: A, meaning: fallback }
        """);
  }

  private static SimulatedCharger charger() {
    SimulatedCharger charger = new SimulatedCharger(plainMap(), 1, ConnectorSite.WATTS_PER_AMP);
    charger.watchdog(20, 6);
    return charger;
  }

  static Stream<Fault> faults() {
    List<Fault> all = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      if (kind != Kind.NONE && kind != Kind.DELAY && kind != Kind.EXCEPTION) {
        all.add(Fault.of(kind));
      }
    }
    Stream.of(3_000, 30_000).map(Fault::delay).forEach(all::add);
    Stream.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11).map(Fault::exception).forEach(all::add);
    return all.stream();
  }

  @BeforeEach
  void start() {
    JsonArray devices =
        new JsonArray().add(device("C1", sickServer)).add(device("C2", soundServer));
    context = FakeContext.of("charger-plain", new JsonObject().put("devices", devices), folder);
    new ConnectorSite(2, 6, 20).answerOn(context.bus());
    harness = PluginHarness.start(new PlainPlugin(), context);
    eventually("both are read", () -> isOnline("C1") && isOnline("C2"));
  }

  private static JsonObject device(String connector, ModbusServer server) {
    return new JsonObject()
        .put("connector", connector)
        .put("host", "127.0.0.1")
        .put("port", server.peer().port())
        .put("poll_millis", POLL_MILLIS);
  }

  @AfterEach
  void stop() {
    harness.close();
    sickServer.close();
    soundServer.close();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void theFaultIsNamedNeighboursGoOnAndRecoveryIsAutomatic(Fault fault) {
    sickServer.misbehave(fault);
    int before = times(2).size();
    if (fault.kind() == Kind.DUPLICATE) {
      pass(Duration.ofSeconds(2));
    } else {
      eventually("it is named", () -> !device("C1").faults().isEmpty());
    }

    assertThat(device("C2").faults()).as("of the neighbour").isEmpty();
    assertThat(longestGap(times(2).subList(before, times(2).size())))
        .as("between two polls of the neighbour")
        .isLessThan(UNDISTURBED);

    sickServer.misbehave(Fault.NONE);
    Instant now = context.clock().instant();
    eventually(
        "it is read again, and nothing is wrong any more",
        () -> device("C1").faults().isEmpty() && times(1).getLast().isAfter(now));
  }

  private Device device(String name) {
    return context
        .bus()
        .ask(FieldAddresses.DEVICES.at("charger-plain"), new ListDevices())
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(10, TimeUnit.SECONDS) // a lane may be telling something just now
        .join()
        .devices()
        .stream()
        .filter(device -> device.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private boolean isOnline(String name) {
    return device(name).link() == Device.Link.ONLINE;
  }

  private List<Instant> times(int connector) {
    return context.bus().told(FieldAddresses.READINGS).stream()
        .map(Readings::readings)
        .flatMap(List::stream)
        .filter(reading -> reading.nodeId().equals(ConnectorSite.connector(connector)))
        .map(Reading::measuredAt)
        .toList();
  }

  private static Duration longestGap(List<Instant> times) {
    Duration longest = Duration.ZERO;
    for (int i = 1; i < times.size(); i++) {
      Duration gap = Duration.between(times.get(i - 1), times.get(i));
      longest = gap.compareTo(longest) > 0 ? gap : longest;
    }
    return longest;
  }

  private void eventually(String what, BooleanSupplier holds) {
    assertThat(RealTime.eventually(context.clock(), RECOVERY, holds))
        .as("%s; %s", what, device("C1"))
        .isTrue();
  }

  private void pass(Duration time) {
    RealTime.eventually(context.clock(), time, () -> false);
  }
}
