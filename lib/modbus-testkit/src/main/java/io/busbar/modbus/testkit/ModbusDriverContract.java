package io.busbar.modbus.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.modbus.map.Codec;
import io.busbar.modbus.map.Register;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.map.Values.Value;
import io.busbar.modbus.plugin.ModbusChargerPlugin;
import io.busbar.modbus.wire.ModbusException;
import io.busbar.testkit.ChargerDriverContract;
import io.busbar.wire.RecordJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What every driver of Modbus chargers must pass: the contract of drivers against a simulated
 * device, and its map against an image of a device's registers, {@code image.json} beside the
 * plugin's class among the test's resources. Its tests run side by side, each with a device of its
 * own.
 */
@Execution(ExecutionMode.CONCURRENT)
public abstract class ModbusDriverContract extends ChargerDriverContract {

  private static final double EXACT = 1e-4;
  private static final double PERCENT = 0.01;
  private static final double KILO = 1000;
  private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");

  /** The plugin; a new one at each call. */
  protected abstract ModbusChargerPlugin plugin();

  @Override
  protected Rig start(Path dataFolder) {
    return new ModbusRig(plugin(), dataFolder);
  }

  private JsonNode image() throws IOException {
    try (InputStream stream = plugin().getClass().getResourceAsStream("image.json")) {
      assertThat(stream).as("image.json beside %s", plugin().getClass()).isNotNull();
      return RecordJson.mapper().readTree(stream);
    }
  }

  @Test
  public final void every_register_of_the_image_means_what_it_should() throws IOException {
    RegisterMap map = plugin().map();
    int compared = 0;
    for (JsonNode expected : image().get("registers")) {
      if (expected.path("example_raw").isMissingNode()) {
        continue;
      }
      Register register = map.register(expected.get("key").asText());
      int[] words = RecordJson.mapper().convertValue(expected.get("example_raw"), int[].class);
      check(expected.get("key").asText(), register, words, expected.get("example"));
      compared++;
    }
    assertThat(compared).isGreaterThan(5);
  }

  private static void check(String key, Register register, int[] words, JsonNode expected) {
    Value value = Codec.decode(register, words).orElse(null);
    switch (value) {
      case Value.Numeric(double number) -> {
        double offset = Math.max(EXACT, Math.abs(expected.asDouble()) * EXACT);
        assertThat(number).as(key).isCloseTo(expected.asDouble(), Offset.offset(offset));
        assertThat(Codec.encode(register, number)).as("%s back to words", key).isEqualTo(words);
      }
      case Value.Text(String text) -> assertThat(text).as(key).isEqualTo(expected.asText());
      case null -> assertThat(expected.isNull()).as("%s has no value", key).isTrue();
    }
  }

  @Test
  public final void what_real_devices_said_is_understood() throws IOException, ModbusException {
    for (JsonNode json : image().get("frames")) {
      RecordedFrame frame = RecordedFrame.of(json);
      RecordedFrame.Played played = frame.play();

      assertThat(played.sent()).as("request of: %s", frame.what()).isEqualTo(frame.request());
      assertThat(played.exceptionCode() > 0).as(frame.what()).isEqualTo(frame.isException());
      if (frame.isRead() && !frame.isException()) {
        understood(frame, played.words());
      }
    }
  }

  /** Whatever begins in the answer and is in the map has a value that its reporter wrote down. */
  private void understood(RecordedFrame frame, int[] words) {
    plugin()
        .map()
        .registers()
        .forEach(
            (key, register) -> {
              int from = register.address() - frame.address();
              int to = from + register.words();
              if (register.space() == frame.space() && from >= 0 && to <= words.length) {
                int[] own = Arrays.copyOfRange(words, from, to);
                reported(frame.what(), key, Codec.decode(register, own).orElse(null));
              }
            });
  }

  private static void reported(String what, String key, Value value) {
    switch (value) {
      case Value.Text(String text) -> assertThat(what).as(key).contains(text);
      case Value.Numeric(double number) when !what.contains("state") && number != 0 ->
          assertThat(NUMBER.matcher(what).results().mapToDouble(n -> Double.parseDouble(n.group())))
              .as("%s of: %s", key, what)
              .anyMatch(told -> isSame(told, number));
      case null -> assertThat(what).as(key).contains("unavailable");
      default -> assertThat(key).isNotEmpty();
    }
  }

  /** Reporters round, write kilowatt-hours for watt-hours and milliseconds for seconds. */
  private static boolean isSame(double told, double number) {
    return DoubleStream.of(number, number / KILO, number * KILO)
        .anyMatch(n -> Math.abs(told - n) <= Math.abs(n) * PERCENT);
  }
}
