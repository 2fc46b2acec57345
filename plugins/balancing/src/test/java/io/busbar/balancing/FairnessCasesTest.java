package io.busbar.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.testkit.RealData;
import io.busbar.testkit.Verifies;
import io.busbar.wire.RecordJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The public cases with their exact answers. */
@Verifies({"FR-003", "LB-04"})
class FairnessCasesTest {

  @TestFactory
  Stream<DynamicTest> every_public_case_is_answered_exactly() throws IOException {
    Path folder = RealData.file("fairness");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("public-"))
          .sorted()
          .toList()
          .stream()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }
  }

  private static void check(Path file) throws IOException {
    String text = Files.readString(file);
    JsonNode expected = RecordJson.mapper().readTree(text).path("expected").path("whole_watts");
    Map<String, Integer> wanted = new TreeMap<>();
    expected.properties().forEach(e -> wanted.put(e.getKey(), e.getValue().intValue()));
    Map<String, Integer> answered = new TreeMap<>(CaseFile.parse(text).allocate());
    answered.keySet().forEach(connector -> wanted.putIfAbsent(connector, 0));
    assertThat(answered).isEqualTo(wanted);
  }
}
