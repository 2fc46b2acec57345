package io.busbar.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.documents.Document;
import io.busbar.documents.DocumentSchema;
import io.busbar.modbus.wire.Framing;
import io.busbar.simulator.SimulatorConfig.ModbusConfig;
import io.busbar.simulator.SimulatorConfig.SiteConfig;
import io.busbar.simulator.SimulatorConfig.Traffic;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatorConfigTest {

  private final DocumentSchema schema =
      DocumentSchema.load(getClass().getResource("/config.schema.json"));

  private SimulatorConfig read(String yaml) {
    JsonNode filled = schema.withDefaults(Document.parse("simulator.yaml", yaml).root());
    return SimulatorConfig.from(new JsonObject(filled.toString()));
  }

  @Test
  void everyDefaultIsPinned() {
    assertThat(read("{}"))
        .isEqualTo(new SimulatorConfig(Duration.ofSeconds(2), 3, 2, 42, List.of(), List.of()));
    assertThat(read("{sites: [{site: North}]}").of("North"))
        .isEqualTo(new SiteConfig("North", Traffic.NONE, 1, Optional.empty(), 0, 45, 0));
    assertThat(read("{}").of("nobody said"))
        .isEqualTo(new SiteConfig("nobody said", Traffic.NONE, 1, Optional.empty(), 0, 45, 0));
  }

  @Test
  void everyKeyIsRead() {
    String yaml =
        """
        sample_seconds: 0.5
        ramp_seconds: 4
        take_up_seconds: 5
        seed: 6
        sites:
          - site: North
            traffic: fleet
            factor: 2
            local_time: "23:59"
            building_peak_watts: 7
            latitude: -33.9
            longitude: 151.2
        """;

    assertThat(schema.check(Document.parse("simulator.yaml", yaml))).isEmpty();
    assertThat(read(yaml))
        .isEqualTo(
            new SimulatorConfig(
                Duration.ofMillis(500),
                4,
                5,
                6,
                List.of(
                    new SiteConfig(
                        "North",
                        Traffic.FLEET,
                        2,
                        Optional.of(LocalTime.of(23, 59)),
                        7,
                        -33.9,
                        151.2)),
                List.of()));
  }

  @Test
  void everyKeyOfAModbusChargerIsRead() {
    String yaml =
        """
        modbus:
          - connector: C-1
            site: North
            driver: alfen
            port: 1502
            unit: 3
            framing: rtu_over_tcp
            max_connections: 1
            idle_seconds: 60
          - { connector: C-2, driver: keba, port: 1503 }
        """;

    assertThat(schema.check(Document.parse("simulator.yaml", yaml))).isEmpty();
    assertThat(read(yaml).modbus())
        .containsExactly(
            new ModbusConfig(
                "C-1",
                Optional.of("North"),
                "alfen",
                1502,
                OptionalInt.of(3),
                Optional.of(Framing.RTU_OVER_TCP),
                1,
                Duration.ofSeconds(60)),
            new ModbusConfig(
                "C-2",
                Optional.empty(),
                "keba",
                1503,
                OptionalInt.empty(),
                Optional.empty(),
                2,
                Duration.ZERO));
  }

  @ParameterizedTest
  @CsvSource({
    "sample_seconds: 0.1, sample_seconds",
    "ramp_seconds: 0, ramp_seconds",
    "'sites: [{site: a, traffic: buses}]', sites[0].traffic",
    "'sites: [{site: a, factor: 0}]', sites[0].factor",
    "'sites: [{site: a, local_time: \"24:10\"}]', sites[0].local_time",
    "'sites: [{site: a, local_time: \"noon\"}]', sites[0].local_time",
    "'sites: [{site: a, latitude: 91}]', sites[0].latitude",
    "'sites: [{traffic: fleet}]', sites[0]",
    "'modbus: [{connector: C, driver: alfen}]', modbus[0]",
    "'modbus: [{connector: C, driver: alfen, port: 0}]', modbus[0].port",
    "speed: 1, speed"
  })
  void whatCannotBeIsNamed(String yaml, String place) {
    assertThat(schema.check(Document.parse("simulator.yaml", yaml)))
        .singleElement()
        .extracting(Object::toString)
        .asString()
        .startsWith("simulator.yaml:1: " + place + ": ");
  }
}
