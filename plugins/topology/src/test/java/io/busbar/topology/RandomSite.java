package io.busbar.topology;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A site that keeps every rule, made from a seed; and mistakes to make in it. Capacities have room
 * for twice the fail-safe currents, so that a mistake breaks the rule it is made for and no other.
 */
final class RandomSite {

  private static final int FAIL_SAFE_WATTS = 6 * 230 * 3;

  private final Random random;
  private final List<String> circuitIds = new ArrayList<>();
  private final List<String> chargePointIds = new ArrayList<>();
  final ObjectNode document = JsonNodeFactory.instance.objectNode();
  private int connectors;

  RandomSite(long seed) {
    this.random = new Random(seed);
    document.put("format", "busbar-site/1");
    document.putObject("depot").put("id", "depot-" + seed).put("time_zone", "Europe/Oslo");
    document
        .putObject("defaults")
        .putObject("connectors")
        .put("volts", 230)
        .put("phases", "L1L2L3")
        .put("max_amps", 16);
    addCircuits();
    addChargePoints();
    addConnectors();
    addOthers();
    list("circuits")
        .forEach(
            circuit ->
                circuit.put(
                    "default_capacity_watts", 3 * FAIL_SAFE_WATTS * connectors + anyWatts()));
  }

  private void addCircuits() {
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      ObjectNode circuit = document.withArray("circuits").addObject().put("id", "circuit-" + i);
      if (i > 0 && random.nextInt(5) > 0) {
        circuit.put("parent", any(circuitIds));
      }
      circuitIds.add("circuit-" + i);
    }
  }

  private void addChargePoints() {
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      ObjectNode point = document.withArray("charge_points").addObject();
      int alike = random.nextBoolean() ? 1 : 2 + random.nextInt(3);
      if (alike == 1) {
        point.put("id", "point-" + i);
        chargePointIds.add("point-" + i);
      } else {
        for (int k = 0; k < alike; k++) {
          point.withArray("ids").add("point-" + i + '-' + k);
          chargePointIds.add("point-" + i + '-' + k);
        }
      }
      point.put("circuit", any(circuitIds)).put("max_watts", 100_000 + anyWatts());
      for (int k = random.nextInt(3); k > 0; k--) {
        connector(point.withArray("connectors").addObject());
        connectors += alike;
      }
    }
  }

  private void addConnectors() {
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      ObjectNode connector = document.withArray("connectors").addObject();
      connector(connector.put("id", "connector-" + i).put("charge_point", any(chargePointIds)));
      connectors++;
    }
  }

  private void connector(ObjectNode connector) {
    if (random.nextBoolean()) {
      connector.put("fail_safe_amps", 6);
    }
    if (random.nextBoolean()) {
      connector.put("max_watts", FAIL_SAFE_WATTS + random.nextInt(20_000));
    }
  }

  private void addOthers() {
    for (int i = random.nextInt(3); i > 0; i--) {
      document
          .withArray("power_sources")
          .addObject()
          .put("id", "source-" + i)
          .put("circuit", any(circuitIds))
          .put("kind", "BATTERY")
          .put("max_import_watts", anyWatts())
          .put("max_export_watts", anyWatts());
      document
          .withArray("meters")
          .addObject()
          .put("id", "meter-" + i)
          .put("charge_point", any(chargePointIds));
    }
  }

  /** A mistake for each rule. */
  enum Mistake {
    SCHEMA,
    CYCLE,
    ORPHAN,
    DUPLICATE_ASSET,
    MISSING_RATING,
    NESTING,
    NO_GRID_CONNECTION,
    FAIL_SAFE_SUM
  }

  /** Makes the mistake somewhere. */
  void make(Mistake mistake) {
    ObjectNode circuit = any(list("circuits"));
    ObjectNode point = any(list("charge_points"));
    ObjectNode connector = any(list("connectors"));
    Runnable making =
        switch (mistake) {
          case SCHEMA ->
              () -> any(List.of(document, circuit, point, connector)).put("colour", "red");
          case CYCLE -> () -> rootOf(circuit).put("parent", circuit.get("id").asText());
          case ORPHAN -> () -> point.put("circuit", "nowhere");
          case DUPLICATE_ASSET ->
              () -> duplicate(any(List.of("circuits", "charge_points", "connectors")));
          case MISSING_RATING ->
              () ->
                  any(List.of(point, circuit))
                      .remove(List.of("max_watts", "default_capacity_watts"));
          case NESTING -> () -> connector.put("charge_point", any(circuitIds));
          case NO_GRID_CONNECTION ->
              () ->
                  list("circuits").stream()
                      .filter(c -> !c.has("parent"))
                      .forEach(c -> c.put("parent", "nowhere"));
          case FAIL_SAFE_SUM -> () -> connector.put("fail_safe_amps", 1000).put("max_amps", 10);
        };
    making.run();
  }

  private ObjectNode rootOf(ObjectNode circuit) {
    ObjectNode root = circuit;
    while (root.has("parent")) {
      String parent = root.get("parent").asText();
      root =
          list("circuits").stream()
              .filter(c -> c.get("id").asText().equals(parent))
              .findFirst()
              .orElseThrow();
    }
    return root;
  }

  private void duplicate(String section) {
    ObjectNode copy = any(list(section)).deepCopy();
    if (section.equals("charge_points")) {
      copy.remove("connectors");
    }
    ((ArrayNode) document.get(section)).add(copy);
  }

  private List<ObjectNode> list(String section) {
    List<ObjectNode> list = new ArrayList<>();
    document.get(section).forEach(entry -> list.add((ObjectNode) entry));
    return list;
  }

  private int anyWatts() {
    return 1 + random.nextInt(50_000);
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  String text() {
    return document.toPrettyString();
  }

  /** Connectors that the derived tree must have. */
  int connectors() {
    return connectors;
  }

  /** Circuits, charge points, connectors and power sources together. */
  int nodes() {
    return circuitIds.size()
        + chargePointIds.size()
        + connectors
        + document.path("power_sources").size();
  }
}
