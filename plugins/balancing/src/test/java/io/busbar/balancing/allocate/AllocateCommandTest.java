package io.busbar.balancing.allocate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllocateCommandTest {

  private static final String GOOD =
      """
      {"format": "allocation-problem/1", "id": "mine", "mode": "semicontinuous",
       "nodes": [
        {"id": "b", "parent": "site", "type": "CONNECTOR", "limit_watts": null},
        {"id": "site", "parent": null, "type": "GRID_CONNECTION", "limit_watts": 10001},
        {"id": "a", "parent": "site", "type": "CONNECTOR", "limit_watts": 4000}
       ],
       "requests": [
        {"connector": "b", "demand_watts": 22000, "weight": 1, "priority": 0},
        {"connector": "a", "demand_watts": 3000.5, "min_watts": 1380, "rank": 1}
       ]}
      """;
  private static final String ANSWER = "{\"id\":\"mine\",\"allocation\":{\"a\":3000,\"b\":7000}}\n";

  @TempDir Path folder;

  private CommandLine person() {
    return new CommandLine(folder);
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  @Test
  void children_may_come_before_parents_and_answers_are_whole_watts_in_id_order() {
    CommandLine person = person();

    assertThat(person.allocate(GOOD, "-")).isZero();

    assertThat(person.printed()).isEqualTo(ANSWER);
    assertThat(person.complained()).isEmpty();
  }

  @Test
  void a_bad_file_is_named_and_the_others_are_answered_in_order() throws IOException {
    write("good.json", GOOD);
    write("bad.json", "{");
    CommandLine person = person();

    int code = person.allocate("", "good.json", "bad.json", "none.json", ".", "good.json");

    assertThat(code).isEqualTo(1);
    assertThat(person.printed()).isEqualTo(ANSWER + ANSWER);
    assertThat(person.complained().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("bad.json: line 1: the document: not JSON")
                    .doesNotContain("Source"),
            line -> assertThat(line).isEqualTo("none.json: there is no such file"),
            line -> assertThat(line).isEqualTo(".: cannot be read: is a folder, expected a file"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"''", "--fast", "good.json --fast"})
  void wrong_words_are_refused_before_anything_is_answered(String words) throws IOException {
    write("good.json", GOOD);
    CommandLine person = person();

    int code = person.allocate("", words.isEmpty() ? new String[0] : words.split(" "));

    assertThat(code).isEqualTo(2);
    assertThat(person.printed()).isEmpty();
    assertThat(person.complained()).contains("busbar allocate: ", "--help");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "problem/1 -> problem/2 | line 1: format: expected \"allocation-problem/1\", found"
            + " \"allocation-problem/2\"",
        "semicontinuous -> other | line 1: mode: expected \"continuous\" or \"semicontinuous\","
            + " found \"other\"",
        "'mode' -> 'mood' | the document: expected a member \"mode\", found none",
        "'id': 'b', -> '' | line 3: nodes[0]: expected an \"id\", found none",
        "'parent': 'site' -> 'parent': 'moon' | line 3: node 'b': parent: there is no node 'moon'",
        "'parent': null -> 'parent': 'b' | is a CONNECTOR, which has none below it",
        "'parent': null -> 'parent': 'site' | line 4: node 'site': parent: is below itself: site →"
            + " site",
        "'id': 'a' -> 'id': 'b' | line 5: nodes[2]: there is a node 'b' already, expected another"
            + " id",
        "10001 -> -1 | line 4: nodes[1].limit_watts: expected a number from 0 to",
        "10001 -> 1e999 | line 4: nodes[1].limit_watts: expected a number from 0 to",
        "10001 -> NaN | line 4: nodes[1].limit_watts: not JSON",
        "10001 -> 'much' | found \"much\"",
        "'connector': 'a' -> 'connector': 'site' | line 9: requests[1].connector: expected a node"
            + " of type CONNECTOR, found a node of another type 'site'",
        "'connector': 'a' -> 'connector': 'c' | found no such node 'c'",
        "'connector': 'a' -> 'connector': 'b' | line 9: requests[1]: a second request for 'b',"
            + " expected one",
        "'connector': 'a', -> '' | line 9: requests[1]: expected a \"connector\", found none",
        "'demand_watts': 22000, -> '' | line 8: requests[0]: expected \"demand_watts\", found none",
        "22000 -> -5 | line 8: requests[0].demand_watts: expected a number from 0 to 2147483647,"
            + " found -5",
        "'weight': 1 -> 'weight': 0 | line 8: requests[0].weight: expected a number from",
        "'priority': 0 -> 'priority': 0.5 | line 8: requests[0].priority: expected a whole number",
        "'rank': 1 -> 'rank': 99999999999999999999 | line 9: requests[1].rank: expected a whole"
            + " number",
        "1380 -> -1 | line 9: requests[1].min_watts: expected a number",
        "'weight': 1 -> 'connector': 'a' | line 8: requests[0].connector: not JSON: Duplicate field"
            + " 'connector'",
      })
  void what_is_wrong_is_named_with_line_path_and_what_was_expected(String change, String message) {
    String[] sides = change.strip().split(" -> ");
    String from = sides[0].replace('\'', '"');
    String to = sides[1].equals("''") ? "" : sides[1].replace('\'', '"');
    CommandLine person = person();
    String broken = GOOD.replaceFirst(Pattern.quote(from), to);

    assertThat(broken).isNotEqualTo(GOOD);
    assertThat(person.allocate(broken, "-")).isEqualTo(1);
    assertThat(person.complained()).startsWith("-: ").contains(message);
    assertThat(person.printed()).isEmpty();
  }

  @Test
  void nodes_below_each_other_are_named_as_the_circle_they_form() {
    CommandLine person = person();
    String circle =
        GOOD.replace("\"parent\": null", "\"parent\": \"x\"")
            .replace(
                "\"nodes\": [",
                "\"nodes\": [{\"id\": \"x\", \"parent\": \"site\", \"type\": \"CIRCUIT\"},");

    assertThat(person.allocate(circle, "-")).isEqualTo(1);

    assertThat(person.complained()).containsAnyOf("x → site → x", "site → x → site");
  }

  @Test
  void more_behind_the_object_is_refused() {
    CommandLine person = person();

    assertThat(person.allocate(GOOD + "{}", "-")).isEqualTo(1);

    assertThat(person.complained()).contains("after the object: expected nothing, found an object");
  }

  @Test
  void ids_are_ordered_by_code_point() {
    assertThat(IdOrder.BY_CODE_POINT.compare("a\uFF5E", "a\uD83D\uDE00")).isNegative();
    assertThat(IdOrder.BY_CODE_POINT.compare("a\uD83D\uDE00", "a\uD83D\uDE01")).isNegative();
    assertThat(IdOrder.BY_CODE_POINT.compare("c-10", "c-2")).isNegative();
    assertThat(IdOrder.BY_CODE_POINT.compare("c", "c-2")).isNegative();
    assertThat(IdOrder.BY_CODE_POINT.compare("c", "c")).isZero();
  }

  @Test
  void a_file_of_three_hundred_thousand_nodes_is_answered() throws IOException {
    int connectors = 200_000;
    try (BufferedWriter file = Files.newBufferedWriter(folder.resolve("large.json"))) {
      writeLarge(file, connectors);
    }
    CommandLine person = person();

    assertThat(person.allocate("", "large.json")).isZero();

    assertThat(person.printed()).contains("\"c-0\":5000,", "\"c-199999\":5000");
  }

  private static void writeLarge(BufferedWriter file, int connectors) throws IOException {
    file.write("{\"format\": \"allocation-problem/1\", \"id\": \"l\", \"mode\": \"continuous\", ");
    file.write("\"requests\": [");
    for (int i = 0; i < connectors; i++) {
      file.write(
          "%s{\"connector\": \"c-%d\", \"demand_watts\": 22000}\n".formatted(i == 0 ? "" : ",", i));
    }
    file.write("], \"nodes\": [");
    for (int i = connectors - 1; i >= 0; i--) {
      file.write(
          "{\"id\": \"c-%d\", \"parent\": \"p-%d\", \"type\": \"CONNECTOR\"},\n"
              .formatted(i, i / 2));
    }
    for (int i = 0; i < connectors / 2; i++) {
      file.write(
          "{\"id\": \"p-%d\", \"parent\": \"s\", \"type\": \"CHARGE_POINT\"},\n".formatted(i));
    }
    file.write("{\"id\": \"s\", \"parent\": null, \"type\": \"X\", \"limit_watts\": 1000000000}]}");
  }
}
