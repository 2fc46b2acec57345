package io.busbar.modbus.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.field.Reading;
import io.busbar.modbus.map.WatchdogRule.FedBy;
import io.busbar.modbus.simulation.Fault;
import io.busbar.modbus.simulation.Fault.Kind;
import io.busbar.testkit.Verifies;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two devices, one of which misbehaves in every way: it is named, the other one is not disturbed.
 */
@Verifies("KN-05")
@Execution(ExecutionMode.CONCURRENT)
class FaultMatrixTest {

  private static final int POLL_MILLIS = 200;
  private static final int SICK = 1;
  private static final int SOUND = 2;

  /**
   * Less than the time that is waited for the sick one, and enough for a machine with other work.
   */
  private static final Duration UNDISTURBED = Duration.ofMillis(1_000);

  @TempDir Path folder;
  private PlainSite site;

  static Stream<Fault> faults() {
    return Fault.all();
  }

  @BeforeEach
  void start() {
    JsonObject settings = new JsonObject().put("poll_millis", POLL_MILLIS);
    site = new PlainSite(PlainCharger.map(FedBy.SETPOINT), 2, settings, folder);
    site.eventually("both are read", () -> site.isOnline(SICK) && site.isOnline(SOUND));
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void theFaultIsNamedNeighboursGoOnAndRecoveryIsAutomatic(Fault fault) {
    site.server(SICK).misbehave(fault);
    int before = times(SOUND).size();
    if (fault.kind() == Kind.DUPLICATE) {
      site.pass(Duration.ofSeconds(2));
    } else {
      site.eventually("it is named", () -> !site.device(SICK).faults().isEmpty());
    }

    assertThat(site.device(SOUND).faults()).as("of the neighbour").isEmpty();
    assertThat(longestGap(times(SOUND).subList(before, times(SOUND).size())))
        .as("between two polls of the neighbour")
        .isLessThan(UNDISTURBED);

    site.server(SICK).misbehave(Fault.NONE);
    Instant now = site.now();
    site.eventually(
        "it is read again, and nothing is wrong any more",
        () -> site.device(SICK).faults().isEmpty() && times(SICK).getLast().isAfter(now));
  }

  private List<Instant> times(int connector) {
    return site.readings(connector).stream().map(Reading::measuredAt).toList();
  }

  private static Duration longestGap(List<Instant> times) {
    Duration longest = Duration.ZERO;
    for (int i = 1; i < times.size(); i++) {
      Duration gap = Duration.between(times.get(i - 1), times.get(i));
      longest = gap.compareTo(longest) > 0 ? gap : longest;
    }
    return longest;
  }
}
