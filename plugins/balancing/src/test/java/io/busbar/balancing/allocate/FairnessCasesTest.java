package io.busbar.balancing.allocate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.busbar.testkit.RealData;
import io.busbar.testkit.Verifies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The public cases with their exact answers, through the command that people use. */
@Verifies({"FR-003", "LB-04"})
class FairnessCasesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> every_public_case_is_answered_exactly() throws IOException {
    return cases().stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
  }

  @Test
  void there_are_twenty_of_them() throws IOException {
    assertThat(cases()).hasSize(20);
  }

  private static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(RealData.file("fairness"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("public-"))
          .sorted()
          .toList();
    }
  }

  private static void check(Path file) throws IOException {
    CommandLine person = new CommandLine(file.getParent());
    JsonNode problem = JSON.readTree(file.toFile());

    assertThat(person.allocate("", file.getFileName().toString())).isZero();

    JsonNode answer = JSON.readTree(person.printed());
    assertThat(answer.path("id")).isEqualTo(problem.path("id"));
    Map<String, Integer> wanted = watts(problem.path("expected").path("whole_watts"));
    problem.path("nodes").forEach(node -> addConnector(wanted, node));
    assertThat(watts(answer.path("allocation"))).isEqualTo(wanted);
  }

  private static void addConnector(Map<String, Integer> wanted, JsonNode node) {
    if (node.path("type").textValue().equals("CONNECTOR")) {
      wanted.putIfAbsent(node.path("id").textValue(), 0);
    }
  }

  private static Map<String, Integer> watts(JsonNode byConnector) {
    Map<String, Integer> watts = new TreeMap<>();
    byConnector
        .properties()
        .forEach(entry -> watts.put(entry.getKey(), entry.getValue().intValue()));
    return watts;
  }
}
