package io.busbar.simulator;

import io.busbar.testkit.RealData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/** A real charging session at Caltech's garage, as far as fitting needs it. */
record RealSession(ZonedDateTime arrival, double stayHours, double energyKwh) {

  static final ZoneId PASADENA = ZoneId.of("America/Los_Angeles");

  /** All sessions of May to August 2019; skips the test where the data is not there. */
  static List<RealSession> atCaltech() {
    try {
      return Files.readAllLines(RealData.file("acn-caltech-jpl/caltech-sessions.csv")).stream()
          .skip(1)
          .map(line -> line.split(",", -1))
          .map(cells -> of(Instant.parse(cells[2]), Instant.parse(cells[3]), cells[5]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RealSession of(Instant arrival, Instant departure, String energyKwh) {
    return new RealSession(
        arrival.atZone(PASADENA),
        Duration.between(arrival, departure).toSeconds() / 3600.0,
        Double.parseDouble(energyKwh));
  }
}
