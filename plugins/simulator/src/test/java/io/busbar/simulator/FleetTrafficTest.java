package io.busbar.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.simulator.PlayStays.Stay;
import io.busbar.api.topology.MicrogridNode;
import io.busbar.api.topology.MicrogridNode.NodeType;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FleetTrafficTest {

  private static final LocalDate DAY = LocalDate.of(2026, 3, 28); // the night of a clock change
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  private static List<MicrogridNode> connectors(int watts) {
    return IntStream.range(0, 50)
        .mapToObj(
            i -> Sites.node(Sites.connector(i), Sites.GRID, "C" + i, NodeType.CONNECTOR, watts))
        .toList();
  }

  @Test
  void theSameSeedGivesTheSameNightAndAnotherAnother() {
    List<Stay> night = new FleetTraffic(ZONE, 1).day(DAY, connectors(60_000));

    assertThat(new FleetTraffic(ZONE, 1).day(DAY, connectors(60_000))).isEqualTo(night);
    assertThat(new FleetTraffic(ZONE, 2).day(DAY, connectors(60_000))).isNotEqualTo(night);
    assertThat(new FleetTraffic(ZONE, 1).day(DAY.plusDays(1), connectors(60_000)))
        .isNotEqualTo(night);
  }

  @Test
  void everyBusComesInTheEveningAndLeavesInTheMorning() {
    List<Stay> night = new FleetTraffic(ZONE, 1).day(DAY, connectors(60_000));

    assertThat(night).hasSize(50).extracting(Stay::nodeId).doesNotHaveDuplicates();
    assertThat(night).isSortedAccordingTo(java.util.Comparator.comparing(Stay::arrival));
    for (Stay stay : night) {
      assertThat(stay.arrival().atZone(ZONE).toLocalTime())
          .isBetween(LocalTime.of(17, 0), LocalTime.of(21, 0));
      assertThat(stay.departure().atZone(ZONE).toLocalDate()).isEqualTo(DAY.plusDays(1));
      assertThat(stay.departure().atZone(ZONE).toLocalTime())
          .isBetween(LocalTime.of(4, 30), LocalTime.of(6, 30));
      assertThat(stay.energyWattHours()).isBetween(110_000, 240_000);
    }
  }

  @Test
  void nobodyWantsMoreThanItsChargerGivesInANight() {
    assertThat(new FleetTraffic(ZONE, 1).day(DAY, connectors(11_000)))
        .allSatisfy(stay -> assertThat(stay.energyWattHours()).isLessThanOrEqualTo(77_000));
  }
}
