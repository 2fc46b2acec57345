package io.busbar.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.modbus.simulation.ModbusServer;
import io.busbar.modbus.simulation.SimulatedCharger;
import io.busbar.modbus.wire.Framing;
import io.busbar.system.RunningBusbar.Ended;
import io.busbar.testkit.Verifies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./busbar probe modbus} at a simulated charger with a vehicle that draws 10 A. */
@Verifies("KN-05")
class ProbeTest {

  private static final int WATTS_PER_AMP = 690;

  @TempDir Path folder;
  private final SimulatedCharger charger =
      new SimulatedCharger(Vendor.HEIDELBERG.map(), 1, WATTS_PER_AMP);
  private ModbusServer server;

  @BeforeEach
  void start() {
    charger.watchdog(15, 10);
    charger.plug(16 * WATTS_PER_AMP);
    charger.with(image -> image.number("max_current", 10));
    server = new ModbusServer(Framing.TCP, Map.of(1, charger), 2, 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Ended probe(String input, String... more) throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "probe",
                "modbus",
                server.peer().toString(),
                "--driver",
                "heidelberg",
                "--framing",
                "tcp"));
    words.addAll(List.of(more));
    return RunningBusbar.run(folder, input, words.toArray(String[]::new));
  }

  @Test
  void everyRegisterIsShownAndWhatCannotBeTrueIsMarked() throws Exception {
    Ended sound = probe("");

    assertThat(sound.output())
        .containsPattern("power +6900  VA")
        .containsPattern("ok +voltage_l1 +230");
    assertThat(sound.output()).contains("The vehicle is CHARGING.").contains("it allows 6900 W");
    assertThat(sound.output()).contains(" 0 missing or in doubt.").doesNotContain("DOUBT ");
    assertThat(sound.exitCode()).isZero();
    assertThat(charger.writes()).as("a probe only reads").isEmpty();

    charger.with(image -> image.number("failsafe_current", 30));
    charger.with(image -> image.remove("hardware_max_current"));
    Ended odd = probe("");

    assertThat(odd.output())
        .containsPattern("DOUBT +failsafe_current")
        .containsPattern("MISSING +hardware_max_current");
    assertThat(odd.exitCode()).isEqualTo(1);
  }

  @Test
  void aLimitIsWrittenOnlyWhenTheUserSaysYes() throws Exception {
    Ended no = probe("n\n", "--set-current", "8.5");

    assertThat(no.output()).contains("Write 8.5 A to max_current").contains("Nothing was written.");
    assertThat(no.exitCode()).isEqualTo(1);
    assertThat(charger.writes()).isEmpty();

    Ended yes = probe("y\n", "--set-current", "8.5");

    assertThat(yes.output()).contains("Written; it shows 8.5 A.");
    assertThat(yes.exitCode()).isZero();
    assertThat(charger.writes()).singleElement().matches(write -> write.value() == 8.5);
  }

  @Test
  void whoDoesNotAnswerAndWhatIsNoDriverIsSaid() throws Exception {
    server.close();
    Ended dead = probe("");
    assertThat(dead.output()).contains("cannot connect to " + server.peer());
    assertThat(dead.exitCode()).isEqualTo(1);

    Ended none = RunningBusbar.run(folder, "", "probe", "modbus", "127.0.0.1", "--driver", "acme");
    assertThat(none.output()).contains("there is no driver acme");
    assertThat(none.exitCode()).isEqualTo(2);
  }
}
