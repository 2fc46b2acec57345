package io.busbar.commissioning;

import io.busbar.modbus.charger.ChargerSettings;
import io.busbar.modbus.map.Points;
import io.busbar.modbus.map.RegisterMap;
import io.busbar.modbus.wire.Framing;
import io.busbar.modbus.wire.Peer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/**
 * What the user wants to probe.
 *
 * @param host name or address
 * @param port absent for the driver's usual one
 * @param driver name, or file of its jar
 * @param unit absent for the driver's usual one
 * @param point connector of the device, from 1
 * @param framing absent for the driver's usual one
 * @param phases on how many it charges
 * @param setCurrent limit to write
 */
record ProbeOptions(
    String host,
    OptionalInt port,
    String driver,
    OptionalInt unit,
    int point,
    Optional<Framing> framing,
    int phases,
    OptionalDouble setCurrent) {

  private static final Set<String> NAMES =
      Set.of("--driver", "--unit", "--point", "--framing", "--phases", "--set-current");
  private static final int VOLTS = 230;
  private static final int MOST_WATTS = 1_000_000;
  private static final int MOST_AMPS = 1000;
  private static final int MOST_PORT = 65535;
  private static final int MOST_UNIT = 255;
  private static final int MOST_POINT = 15;

  /**
   * Reads the words of a command line.
   *
   * @throws IllegalArgumentException saying what was expected
   */
  static ProbeOptions parse(List<String> words) {
    if (words.size() < 2 || !words.getFirst().equals("modbus") || words.get(1).startsWith("-")) {
      throw new IllegalArgumentException("expected modbus HOST[:PORT] --driver NAME");
    }
    Map<String, String> options = new HashMap<>();
    for (int i = 2; i < words.size(); i += 2) {
      if (!NAMES.contains(words.get(i)) || i + 1 == words.size()) {
        throw new IllegalArgumentException(
            NAMES.contains(words.get(i))
                ? words.get(i) + " needs a value"
                : "unknown option " + words.get(i));
      }
      options.put(words.get(i), words.get(i + 1));
    }
    if (!options.containsKey("--driver")) {
      throw new IllegalArgumentException("expected --driver NAME");
    }
    String target = words.get(1);
    int colon = target.lastIndexOf(':');
    return new ProbeOptions(
        colon < 0 ? target : target.substring(0, colon),
        colon < 0
            ? OptionalInt.empty()
            : OptionalInt.of(whole("the port", target.substring(colon + 1), 1, MOST_PORT)),
        options.get("--driver"),
        options.containsKey("--unit")
            ? OptionalInt.of(whole("--unit", options.get("--unit"), 0, MOST_UNIT))
            : OptionalInt.empty(),
        whole("--point", options.getOrDefault("--point", "1"), 1, MOST_POINT),
        Optional.ofNullable(options.get("--framing")).map(ProbeOptions::framing),
        whole("--phases", options.getOrDefault("--phases", "3"), 1, 3),
        amps(options.get("--set-current")));
  }

  private static Framing framing(String word) {
    try {
      return Framing.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--framing " + word + ": expected tcp or rtu_over_tcp", e);
    }
  }

  private static int whole(String what, String word, int least, int most) {
    try {
      int value = Integer.parseInt(word);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "%s is '%s'; expected %d to %d".formatted(what, word, least, most));
  }

  private static OptionalDouble amps(String word) {
    if (word == null) {
      return OptionalDouble.empty();
    }
    try {
      double value = Double.parseDouble(word);
      if (value >= 0 && value <= MOST_AMPS) {
        return OptionalDouble.of(value);
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException("--set-current '" + word + "'; expected amperes, as in 8.5");
  }

  Peer peer(RegisterMap map) {
    int moved = map.points().addressing() == Points.Addressing.PORT ? point - 1 : 0;
    return new Peer(
        host,
        port.orElse(map.transport().port() + moved),
        framing.orElse(map.transport().framings().getFirst()));
  }

  /** As for a charger of a site, of which nothing is known yet. */
  ChargerSettings settings(RegisterMap map) {
    int usual = map.units().point() + (map.units().perPoint() ? point - 1 : 0);
    int own = unit.orElse(usual);
    return new ChargerSettings(
        new UUID(0, 0),
        new UUID(0, 0),
        host,
        own,
        map.units().stationIsOwn() ? map.units().station() : own,
        point,
        false,
        Duration.ofMillis(map.limits().pollMillis()),
        Duration.ofMinutes(1),
        VOLTS * phases,
        MOST_WATTS,
        0,
        Optional.empty());
  }
}
