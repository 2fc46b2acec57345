package io.busbar.topology;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.api.topology.Conductor;
import io.busbar.api.topology.Conductor.Carries;
import io.busbar.api.topology.Wiring.Phases;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads the bounded wires of a circuit: those it says, and the lines that its amperes bound. */
final class ConductorParser {

  private final Ratings ratings;

  ConductorParser(Ratings ratings) {
    this.ratings = ratings;
  }

  List<Conductor> parse(Entry circuit, Object what) {
    List<Conductor> conductors = new ArrayList<>(lines(circuit));
    Set<String> names = new HashSet<>();
    conductors.forEach(line -> names.add(line.name()));
    JsonNode list = circuit.own().path("conductors");
    for (int i = 0; i < list.size(); i++) {
      Entry entry = new Entry(circuit.place() + "/conductors/" + i, list.get(i), list.get(i));
      Conductor conductor =
          new Conductor(
              entry.text("name"), entry.number("max_amps").orElse(0), carries(list.get(i)));
      if (names.add(conductor.name())) {
        conductors.add(conductor);
      } else {
        ratings.wrong(entry, "%s has two conductors '%s'", what, conductor.name());
      }
    }
    return conductors;
  }

  /** Of a circuit with fewer phases the watts bound the same. */
  private static List<Conductor> lines(Entry circuit) {
    Entry deciding = circuit.deciding("default_capacity_watts", "default_capacity_amps");
    OptionalDouble amps = deciding.number("default_capacity_amps");
    boolean bounded =
        amps.isPresent()
            && circuit.wiring().filter(wiring -> wiring.phases() == Phases.L1L2L3).isPresent();
    return bounded
        ? List.of(
            new Conductor("L1", amps.getAsDouble(), Carries.L1),
            new Conductor("L2", amps.getAsDouble(), Carries.L2),
            new Conductor("L3", amps.getAsDouble(), Carries.L3))
        : List.of();
  }

  private static Carries carries(JsonNode entry) {
    JsonNode carries = entry.path("carries");
    return new Carries(
        carries.path("L1").asDouble(),
        carries.path("L2").asDouble(),
        carries.path("L3").asDouble(),
        carries.path("L1L2").asDouble(),
        carries.path("L2L3").asDouble(),
        carries.path("L3L1").asDouble());
  }
}
