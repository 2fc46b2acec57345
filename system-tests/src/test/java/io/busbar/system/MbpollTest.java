package io.busbar.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.modbus.map.Register;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.map.SetpointRule.Unit;
import io.busbar.modbus.simulation.ModbusServer;
import io.busbar.modbus.simulation.SimulatedCharger;
import io.busbar.modbus.wire.Framing;
import io.busbar.modbus.wire.Space;
import io.busbar.testkit.ConnectorSite;
import io.busbar.testkit.Verifies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A Modbus client that is not ours reads and sets the simulated charger of every vendor. */
@Verifies("KN-05")
@Execution(ExecutionMode.CONCURRENT)
class MbpollTest {

  private static final Pattern VALUE =
      Pattern.compile("^\\[(\\d+)\\]:\\s+(\\S+)", Pattern.MULTILINE);
  private static final int AMPS = 10;
  private static final int FALLBACK_AMPS = 6;
  private static final int WATCHDOG_SECONDS = 60;

  /** What a simulated charger works out itself and does not show as in the image. */
  private static final double HALF_A_PERCENT = 0.005;

  @BeforeAll
  static void isThere() {
    Peer.find("mbpoll");
  }

  @ParameterizedTest
  @EnumSource
  void itReadsTheWordsOfTheVendorsImage(Vendor vendor) throws Exception {
    SimulatedCharger charger = charger(vendor);
    Map<String, Vendor.Example> image = vendor.image();
    charger.with(registers -> image.forEach((key, each) -> registers.words(key, each.words())));
    List<String> own = new ArrayList<>(shownByItself(charger, vendor));
    try (ModbusServer server = server(vendor, charger)) {
      int compared = 0;
      for (Map.Entry<String, Vendor.Example> each : image.entrySet()) {
        Register register = vendor.map().register(each.getKey());
        List<Integer> words = words(vendor, server, register);
        assertThat(words).as(each.getKey()).hasSize(register.words());
        if (!own.contains(each.getKey())) {
          assertThat(words)
              .as(each.getKey())
              .isEqualTo(Arrays.stream(each.getValue().words()).boxed().toList());
          compared++;
        }
      }
      assertThat(compared).as("registers compared").isGreaterThan(image.size() / 3);
    }
  }

  /** Registers that are brought up to date before every answer. */
  private static List<String> shownByItself(SimulatedCharger charger, Vendor vendor) {
    RegisterMap map = vendor.map();
    Map<String, Double> before = new HashMap<>();
    charger.with(image -> map.registers().keySet().forEach(k -> before.put(k, image.number(k))));
    try (ModbusServer server = server(vendor, charger)) {
      words(vendor, server, map.register(map.status().register()));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
    List<String> changed = new ArrayList<>();
    charger.with(
        image ->
            before.forEach(
                (key, value) -> {
                  if (image.number(key) != value) {
                    changed.add(key);
                  }
                }));
    changed.add(map.status().register());
    map.measured().energy().ifPresent(changed::add);
    return changed;
  }

  @ParameterizedTest
  @EnumSource
  void itSetsALimitThatIsObeyedAndReadsWhatIsDrawn(Vendor vendor) throws Exception {
    SimulatedCharger charger = charger(vendor);
    charger.plug(ConnectorSite.MAX_WATTS);
    RegisterMap map = vendor.map();
    double value = map.setpoint().unit() == Unit.A ? AMPS : AMPS * ConnectorSite.WATTS_PER_AMP;
    try (ModbusServer server = server(vendor, charger)) {
      Register register = map.register(map.setpoint().register());
      String shown =
          register.type() == Register.Type.FLOAT32
              ? Double.toString(value)
              : Long.toString(Math.round(value / register.scale()));
      mbpoll(vendor, server, register, type(register), shown);

      assertThat(charger.writes())
          .last()
          .extracting(SimulatedCharger.Write::value)
          .isEqualTo(value);
      double watts = charger.watts();
      assertThat(watts).isEqualTo(AMPS * ConnectorSite.WATTS_PER_AMP);
      Register power = map.register(map.measured().power().orElseThrow());
      double read = number(mbpoll(vendor, server, power, type(power))) * power.scale();
      assertThat(read).isCloseTo(watts, Offset.offset(watts * HALF_A_PERCENT));
      Register back = map.register(map.setpoint().readBack());
      double readBack = number(mbpoll(vendor, server, back, type(back))) * back.scale();
      assertThat(readBack).isCloseTo(value, Offset.offset(value * HALF_A_PERCENT));
    }
  }

  private static SimulatedCharger charger(Vendor vendor) {
    SimulatedCharger charger = new SimulatedCharger(vendor.map(), 1, ConnectorSite.WATTS_PER_AMP);
    charger.watchdog(WATCHDOG_SECONDS, FALLBACK_AMPS);
    return charger;
  }

  private static ModbusServer server(Vendor vendor, SimulatedCharger charger) {
    Map<Integer, SimulatedCharger> units = new HashMap<>();
    vendor.map().registers().values().forEach(each -> units.put(vendor.unit(each), charger));
    return new ModbusServer(Framing.TCP, units, 4, 0);
  }

  private static List<Integer> words(Vendor vendor, ModbusServer server, Register register)
      throws IOException, InterruptedException {
    String table = register.space() == Space.INPUT ? "3:hex" : "4:hex";
    return VALUE
        .matcher(
            run(
                vendor,
                server,
                register,
                "-t",
                table,
                "-c",
                Integer.toString(register.words()),
                "-1"))
        .results()
        .map(found -> Integer.decode(found.group(2)))
        .toList();
  }

  /** How the client has to take a register. */
  private static String type(Register register) {
    String table = register.space() == Space.INPUT ? "3" : "4";
    return switch (register.type()) {
      case FLOAT32 -> table + ":float";
      case UINT32, INT32 -> table + ":int";
      default -> table;
    };
  }

  private static String mbpoll(
      Vendor vendor, ModbusServer server, Register register, String type, String... values)
      throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(List.of("-t", type, "-B"));
    if (values.length == 0) {
      options.add("-1");
    }
    options.addAll(List.of("127.0.0.1"));
    options.addAll(List.of(values));
    return run(vendor, server, register, options.toArray(String[]::new));
  }

  private static String run(
      Vendor vendor, ModbusServer server, Register register, String... options)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Peer.find("mbpoll").toString(),
                "-m",
                "tcp",
                "-0",
                "-q",
                "-o",
                "5",
                "-a",
                Integer.toString(vendor.unit(register)),
                "-p",
                Integer.toString(server.peer().port()),
                "-r",
                Integer.toString(register.address())));
    command.addAll(List.of(options));
    if (Stream.of(options).noneMatch("127.0.0.1"::equals)) {
      command.add("127.0.0.1");
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("%s: %s", command, text).isZero();
    return text;
  }

  private static double number(String output) {
    Matcher matcher = VALUE.matcher(output);
    assertThat(matcher.find()).as(output).isTrue();
    return Double.parseDouble(matcher.group(2));
  }
}
