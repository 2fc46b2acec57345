package io.busbar.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.api.field.Device;
import io.busbar.api.field.FieldAddresses;
import io.busbar.api.field.ListDevices;
import io.busbar.api.field.Reading;
import io.busbar.api.field.Readings;
import io.busbar.api.field.SetPoint;
import io.busbar.api.field.SetPointReply;
import io.busbar.api.field.SetPointReply.Confirmed;
import io.busbar.api.field.VehicleState;
import io.busbar.modbus.map.Codec;
import io.busbar.modbus.map.Register;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.map.SetpointRule.Unit;
import io.busbar.modbus.map.Values.Value;
import io.busbar.modbus.map.WatchdogRule.FedBy;
import io.busbar.modbus.testkit.HurriedPlugin;
import io.busbar.modbus.testkit.RealTime;
import io.busbar.modbus.wire.ModbusException;
import io.busbar.modbus.wire.SocketLink;
import io.busbar.system.PymodbusCharger.Asked;
import io.busbar.testkit.ConnectorSite;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.Verifies;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.assertj.core.data.Offset;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every driver against a Modbus server that is not ours: what it reads is what the vendor's image
 * says, set-points arrive in the vendor's words and are read back, and the watchdog is fed.
 */
@Verifies("KN-05")
@Execution(ExecutionMode.CONCURRENT)
class PymodbusTest {

  private static final double EXACT = 1e-4;
  private static final int SHORT_WATCHDOG_SECONDS = 6;

  /** ABB's chargers take no shorter one. */
  private static final int ABB_WATCHDOG_SECONDS = 10;

  private static final int FALLBACK_AMPS = 6;
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration WITHIN = Duration.ofSeconds(5);

  @TempDir Path folder;
  private FakeContext context;

  @ParameterizedTest
  @EnumSource
  void everyRegisterSaysWhatItsImageSays(Vendor vendor) throws IOException, ModbusException {
    try (PymodbusCharger charger = PymodbusCharger.start(vendor, folder);
        SocketLink link = SocketLink.connect(charger.peer(), WITHIN)) {
      Map<String, Vendor.Example> image = vendor.image();
      for (Map.Entry<String, Vendor.Example> each : image.entrySet()) {
        Register register = vendor.map().register(each.getKey());
        int[] words =
            link.read(
                vendor.unit(register),
                register.space(),
                register.address(),
                register.words(),
                WITHIN);
        isAs(each.getKey(), Codec.decode(register, words), each.getValue().value());
      }
      Awaitility.await("pymodbus has said what it saw")
          .atMost(WITHIN)
          .until(() -> charger.asked().size() == image.size());
    }
  }

  private static void isAs(String key, Optional<Value> value, JsonNode expected) {
    switch (value.orElse(null)) {
      case Value.Numeric(double number) -> {
        double offset = Math.max(EXACT, Math.abs(expected.asDouble()) * EXACT);
        assertThat(number).as(key).isCloseTo(expected.asDouble(), Offset.offset(offset));
      }
      case Value.Text(String text) -> assertThat(text).as(key).isEqualTo(expected.asText());
      case null -> assertThat(expected.isNull()).as("%s has no value", key).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void itIsReadSetAndKeptFed(Vendor vendor) throws IOException {
    try (PymodbusCharger charger = PymodbusCharger.start(vendor, folder)) {
      context = FakeContext.of("charger-" + vendor.map().driver(), config(vendor, charger), folder);
      new ConnectorSite(1, FALLBACK_AMPS, watchdogSeconds(vendor)).answerOn(context.bus());
      PluginHarness harness = PluginHarness.start(new HurriedPlugin(vendor.plugin()), context);
      try {
        eventually("it is read", () -> !readings().isEmpty());
        isRead(vendor);
        isSet(vendor, charger, 16);
        isSet(vendor, charger, 8);
        isFed(vendor, charger);
      } finally {
        harness.close();
      }
    }
  }

  private static int watchdogSeconds(Vendor vendor) {
    return vendor == Vendor.ABB ? ABB_WATCHDOG_SECONDS : SHORT_WATCHDOG_SECONDS;
  }

  private static JsonObject config(Vendor vendor, PymodbusCharger charger) {
    JsonObject device =
        new JsonObject()
            .put("connector", "C1")
            .put("host", "127.0.0.1")
            .put("port", charger.peer().port())
            .put("framing", charger.peer().framing().name().toLowerCase(Locale.ROOT))
            .put("poll_millis", 2 * watchdogSeconds(vendor) * 1000) // too rare to feed a watchdog
            .put("decision_max_age_seconds", 600)
            .put("watchdog_seconds", watchdogSeconds(vendor));
    return new JsonObject().put("devices", new JsonArray().add(device));
  }

  private List<Reading> readings() {
    return context.bus().told(FieldAddresses.READINGS).stream()
        .map(Readings::readings)
        .flatMap(List::stream)
        .toList();
  }

  private void isRead(Vendor vendor) {
    RegisterMap map = vendor.map();
    Map<String, Vendor.Example> image = vendor.image();
    Reading reading = readings().getLast();
    double power = image.get(map.measured().power().orElseThrow()).value().asDouble();
    assertThat(reading.powerWatts()).hasValue((int) Math.round(power));
    map.measured()
        .energy()
        .map(key -> image.get(key).value().asDouble())
        .ifPresent(energy -> assertThat(reading.energyWattHours()).hasValue(Math.round(energy)));
    List<Double> currents = new ArrayList<>();
    map.measured().currents().forEach(key -> currents.add(image.get(key).value().asDouble()));
    assertThat(reading.currentAmps()).hasSameSizeAs(currents);
    for (int i = 0; i < currents.size(); i++) {
      assertThat(reading.currentAmps().get(i)).isCloseTo(currents.get(i), Offset.offset(EXACT));
    }
    assertThat(reading.vehicle()).as("in all images one charges").contains(VehicleState.CHARGING);
    if (!map.setup().isEmpty()) {
      OptionalInt fallback = OptionalInt.of(FALLBACK_AMPS * ConnectorSite.WATTS_PER_AMP);
      eventually("its fallback is set", () -> device().fallbackWatts().equals(fallback));
      OptionalInt timeout = OptionalInt.of(watchdogSeconds(vendor));
      eventually("its watchdog is set", () -> device().watchdogSeconds().equals(timeout));
    }
  }

  private Device device() {
    return context
        .bus()
        .ask(FieldAddresses.DEVICES.at(context.pluginId()), new ListDevices())
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .devices()
        .getFirst();
  }

  private void isSet(Vendor vendor, PymodbusCharger charger, int amps) {
    int watts = amps * ConnectorSite.WATTS_PER_AMP;
    SetPoint order =
        new SetPoint(
            ConnectorSite.MICROGRID,
            ConnectorSite.connector(1),
            watts,
            context.clock().instant(),
            "test");
    Future<SetPointReply> reply =
        context.bus().ask(FieldAddresses.SET_POINT.at(order.nodeId()), order);
    eventually("a reply to " + watts + " W", reply::isComplete);

    assertThat(reply.result())
        .as("read back")
        .isInstanceOfSatisfying(
            Confirmed.class, confirmed -> assertThat(confirmed.limitWatts()).isEqualTo(watts));
    assertThat(setPoints(vendor, charger).getLast().words()).isEqualTo(words(vendor, amps));
  }

  private static List<Asked> setPoints(Vendor vendor, PymodbusCharger charger) {
    Register register = vendor.map().register(vendor.map().setpoint().register());
    return charger.asked().stream()
        .filter(asked -> asked.write() && asked.address() == register.address())
        .toList();
  }

  /** What has to be on the wire, worked out here once more. */
  private static List<Integer> words(Vendor vendor, int amps) {
    RegisterMap map = vendor.map();
    Register register = map.register(map.setpoint().register());
    double value = map.setpoint().unit() == Unit.A ? amps : amps * ConnectorSite.WATTS_PER_AMP;
    long raw =
        register.type() == Register.Type.FLOAT32
            ? Float.floatToIntBits((float) value)
            : Math.round(value / register.scale());
    return register.words() == 1
        ? List.of((int) raw)
        : List.of((int) (raw >>> 16), (int) (raw & 0xFFFF));
  }

  /** Three times at about half the timeout, with the same set-point where that is what feeds it. */
  private void isFed(Vendor vendor, PymodbusCharger charger) {
    boolean anyRequest = vendor.map().watchdog().fedBy() == FedBy.ANY_REQUEST;
    int before = feeds(vendor, charger, anyRequest).size();
    eventually(
        "it is fed three times", () -> feeds(vendor, charger, anyRequest).size() >= before + 3);

    List<Asked> feeds = feeds(vendor, charger, anyRequest);
    for (int i = before; i < feeds.size(); i++) {
      double gap = feeds.get(i).second() - feeds.get(i - 1).second();
      assertThat(gap).as("seconds between feeds").isBetween(0.0, watchdogSeconds(vendor) * 0.75);
      if (!anyRequest) {
        assertThat(feeds.get(i).words()).isEqualTo(feeds.get(before - 1).words());
      }
    }
  }

  private static List<Asked> feeds(Vendor vendor, PymodbusCharger charger, boolean anyRequest) {
    return anyRequest ? charger.asked() : setPoints(vendor, charger);
  }

  private void eventually(String what, BooleanSupplier holds) {
    assertThat(RealTime.eventually(context.clock(), LONG, holds))
        .as("%s; %s", what, device())
        .isTrue();
  }
}
