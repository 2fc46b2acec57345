package io.busbar.simulator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.api.Problem;
import io.busbar.documents.Document;
import io.busbar.documents.DocumentException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A scenario as its file says.
 *
 * @param file where it stands
 * @param name what it shows
 * @param site site file
 * @param start virtual time at the beginning
 * @param duration how long it runs
 * @param seed everything random follows from it
 * @param traffic vehicles that come by themselves
 * @param trafficFactor how many
 * @param buildingPeakWatts building load under each meter
 * @param sessions real sessions to play
 * @param trueDepartures whether vehicles announce when they really leave
 * @param rootLimitPercent limit on the root
 * @param offlineOptimum whether to compare with the optimum
 * @param settings settings by plugin
 * @param expectations what must come of it
 * @param verifies requirement ids
 */
record Scenario(
    Path file,
    String name,
    String site,
    Instant start,
    Duration duration,
    long seed,
    String traffic,
    double trafficFactor,
    double buildingPeakWatts,
    Optional<String> sessions,
    boolean trueDepartures,
    OptionalDouble rootLimitPercent,
    boolean offlineOptimum,
    JsonObject settings,
    List<Expectation> expectations,
    List<String> verifies) {

  /** One expectation; the line is where it stands. */
  record Expectation(String that, OptionalDouble atLeast, OptionalDouble atMost, int line) {}

  /** A file that is no scenario, with every problem found. */
  static final class Invalid extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<Problem> problems;

    Invalid(List<Problem> problems) {
      super(String.join("\n", problems.stream().map(Problem::toString).toList()));
      this.problems = List.copyOf(problems);
    }

    List<Problem> problems() {
      return problems;
    }
  }

  static Scenario read(Path file) throws IOException {
    try {
      Document document = Document.parse(file.toString(), Files.readString(file));
      List<Problem> problems = ScenarioCheck.check(document);
      if (!problems.isEmpty()) {
        throw new Invalid(problems);
      }
      return from(file, document, ScenarioCheck.schema().withDefaults(document.root()));
    } catch (DocumentException e) {
      throw new Invalid(e.problems());
    }
  }

  private static Scenario from(Path file, Document document, JsonNode values) {
    return new Scenario(
        file,
        values.get("name").textValue(),
        values.get("site").textValue(),
        Instant.parse(values.get("start").textValue()),
        Duration.ofMillis(Math.round(values.get("hours").doubleValue() * 3_600_000)),
        values.get("seed").longValue(),
        values.get("traffic").textValue(),
        values.get("traffic_factor").doubleValue(),
        values.get("building_peak_watts").doubleValue(),
        Optional.ofNullable(values.get("sessions")).map(JsonNode::textValue),
        "true".equals(values.get("departures").textValue()),
        number(values, "root_limit_percent"),
        values.get("offline_optimum").booleanValue(),
        new JsonObject(values.get("settings").toString()),
        expectations(document, values.get("expect")),
        strings(values.get("verifies")));
  }

  private static List<Expectation> expectations(Document document, JsonNode expect) {
    List<Expectation> expectations = new ArrayList<>();
    for (int i = 0; i < expect.size(); i++) {
      JsonNode entry = expect.get(i);
      expectations.add(
          new Expectation(
              entry.get("that").textValue(),
              number(entry, "at_least"),
              number(entry, "at_most"),
              document.line("/expect/" + i)));
    }
    return expectations;
  }

  private static OptionalDouble number(JsonNode node, String key) {
    return node.has(key) ? OptionalDouble.of(node.get(key).doubleValue()) : OptionalDouble.empty();
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(entry -> strings.add(entry.textValue()));
    return strings;
  }
}
