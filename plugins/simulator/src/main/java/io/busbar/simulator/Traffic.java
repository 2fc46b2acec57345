package io.busbar.simulator;

import io.busbar.api.simulator.PlayStays.Stay;
import io.busbar.api.topology.MicrogridNode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** Who comes to a site. Asked for one day after the other, each once. */
interface Traffic {

  /** Nobody. */
  Traffic NONE = (day, connectors) -> List.of();

  /** Stays that begin on a day, by arrival; those of one connector do not overlap. */
  List<Stay> day(LocalDate day, List<MicrogridNode> connectors);

  /** Chance of one day, which depends on seed and day alone. */
  static SplittableRandom chance(long seed, LocalDate day) {
    return new SplittableRandom(seed ^ day.toEpochDay() * 0x9E3779B97F4A7C15L);
  }

  /** Identity of a stay, the same in every run. */
  static UUID sessionId(MicrogridNode connector, Object begins, long seed) {
    String name = connector.nodeId() + " " + begins + " " + seed;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
