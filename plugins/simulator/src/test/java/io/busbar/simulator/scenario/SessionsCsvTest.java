package io.busbar.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busbar.api.simulator.PlayStays.Stay;
import io.busbar.simulator.SketchedSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionsCsvTest {

  private static final String HEADER =
      "session_id,connector_id,arrival_utc,departure_utc,estimated_departure_utc,"
          + "energy_kwh,requested_kwh,max_power_w,min_power_w,flags\n";
  private static final String GOOD =
      "s1,C0,2026-03-02T08:00:00Z,2026-03-02T16:00:00Z,2026-03-02T17:00:00Z,"
          + "12.345,20,6656,1248,\n";

  @TempDir private Path folder;

  private List<Stay> read(String text) throws IOException {
    SketchedSite site = new SketchedSite(10_000);
    site.circuit(10_000);
    site.connector(7_000);
    Path file = Files.writeString(folder.resolve("week.csv"), HEADER + text);
    return SessionsCsv.read(file, site.snapshot());
  }

  @Test
  void aRowIsAStay() throws IOException {
    Stay stay = read(GOOD).getFirst();

    assertThat(stay.arrival()).isEqualTo(Instant.parse("2026-03-02T08:00:00Z"));
    assertThat(stay.departure()).isEqualTo(Instant.parse("2026-03-02T16:00:00Z"));
    assertThat(stay.announcedDeparture()).isEqualTo(Instant.parse("2026-03-02T17:00:00Z"));
    assertThat(stay.energyWattHours()).isEqualTo(12_345);
    assertThat(stay.maxWatts()).isEqualTo(6_656);
    assertThat(read(GOOD)).containsExactly(stay);
  }

  @ParameterizedTest
  @CsvSource({
    "C0, C9, connector C9 is not part of the site",
    "12.345, much, much",
    "2026-03-02T08:00:00Z, today, today",
    "'1248,', 1248, 'expected 10 columns, found 9'"
  })
  void aRowThatCannotBeUsedIsNamedWithItsLine(String from, String to, String problem) {
    assertThatThrownBy(() -> read(GOOD + GOOD.replace(from, to)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("week.csv:3: ")
        .hasMessageContaining(problem);
  }
}
