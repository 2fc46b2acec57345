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

    /** Milliseconds of one decision on a depot of 50, 500 or 5,000 connectors. */
    double millis(int connectors) {
      return switch (connectors) {
        case 50 -> Double.parseDouble(small);
        case 500 -> Double.parseDouble(medium);
        case 5_000 -> Double.parseDouble(large);
        default -> throw new IllegalArgumentException("nobody measured " + connectors);
      };
    }

    private static String shown(String millis) {
      return millis.isEmpty() ? "–" : millis + " ms";
    }
  }

  /** The fastest product that decides on a whole tree. */
  static Peer fastest() {
    return read().stream().filter(peer -> peer.name().startsWith("EVerest")).findFirst().get();
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
