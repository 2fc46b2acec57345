package io.busbar.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What other balancers need for the same depot, as measured elsewhere; see {@code peers.csv}. */
final class Peers {

  static final String NOTE =
      "Milliseconds per decision for 50, 500 and 5,000 connectors. The others' figures were"
          + " measured side by side on another day (2 cores, medians after warm-up, noise about 10"
          + " %) and are restated here; Busbar's are of this run.";

  private Peers() {}

  /** One balancer; times in milliseconds, empty where it was not measured. */
  record Peer(String name, String small, String medium, String large, String quality) {

    String tableRow() {
      return "| %s | %s | %s | %s | %s |"
          .formatted(name, shown(small), shown(medium), shown(large), quality);
    }

    private static String shown(String millis) {
      return millis.isEmpty() ? "–" : millis + " ms";
    }
  }

  static List<Peer> read() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                Peers.class.getResourceAsStream("peers.csv"), StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .skip(1)
          .map(line -> line.split(";", -1))
          .map(cell -> new Peer(cell[0], cell[1], cell[2], cell[3], cell[4]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
