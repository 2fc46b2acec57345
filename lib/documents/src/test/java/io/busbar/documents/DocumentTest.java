package io.busbar.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.busbar.api.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentTest {

  private static final String SITE =
      """
      # a comment
      depot:
        id: north
        chargers: 12
      circuits:
        - id: main
          watts: 100000

        - id: left
          parent: main
          shares: [1, 2.5,
            0x10]
      """;

  @Test
  void aYamlTextBecomesATree() {
    var root = Document.parse("site.yaml", SITE).root();

    assertThat(root.at("/depot/id").textValue()).isEqualTo("north");
    assertThat(root.at("/depot/chargers").isInt()).isTrue();
    assertThat(root.at("/circuits/1/shares/1").doubleValue()).isEqualTo(2.5);
    assertThat(root.at("/circuits/1/shares/2").intValue()).isEqualTo(16);
  }

  @ParameterizedTest
  @CsvSource({
    "/depot, 2",
    "/depot/chargers, 4",
    "/circuits/0, 6",
    "/circuits/1/parent, 10",
    "/circuits/1/shares/2, 12",
    "/circuits/1/absent/deeper, 9",
    "/nowhere, 2",
  })
  void everyKeyAndItemHasItsLineAndWhatIsAbsentThatOfItsAncestor(String pointer, int line) {
    assertThat(Document.parse("site.yaml", SITE).line(pointer)).isEqualTo(line);
  }

  @Test
  void jsonIndentedByTabsIsReadWithLines() {
    Document document =
        Document.parse("a.json", "{\n\t\"a\": [\n\t\t1,\n\t\t\"x\\/\\u00e9\\ud83d\\ude00\"]\n}");

    assertThat(document.line("/a/1")).isEqualTo(4);
    assertThat(document.root().at("/a/1").textValue()).isEqualTo("x/é😀");
  }

  @Test
  void scalarsFollowTheCoreSchema() {
    var root = Document.parse("a", "[yes, true, ~, '1', 1e3, -7, 12345678901, 2026-01-01]").root();

    assertThat(root.toString())
        .isEqualTo("[\"yes\",true,null,\"1\",1000.0,-7,12345678901,\"2026-01-01\"]");
  }

  @Test
  void anEmptyTextIsNull() {
    assertThat(Document.parse("a", "# nothing\n").root().isNull()).isTrue();
  }

  @Test
  void keysThatAreThereTwiceOrAreNoTextAreAllNamedWithTheirLines() {
    List<Problem> problems = problemsOf("a: 1\nb: 2\na: 3\n4: x\nc:\n  d: 1\n  d: 2\n");

    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly(
            "t.yaml:3: a: key 'a' is there twice; the first is on line 1 (SYNTAX)",
            "t.yaml:4: key 4 is not a text; put it in quotes (SYNTAX)",
            "t.yaml:7: c.d: key 'd' is there twice; the first is on line 6 (SYNTAX)");
  }

  @Test
  void textsThatNoDatabaseHoldsAreNamedWithTheirLines() {
    List<Problem> problems = problemsOf("{\"a\": \"x\\u0000\",\n \"b\\0\": 1,\n \"c\": 1}\n");

    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly(
            "t.yaml:1: a: a text has a NUL or half a surrogate pair in it (SYNTAX)",
            "t.yaml:2: a key has a NUL or half a surrogate pair in it (SYNTAX)");
  }

  @Test
  void brokenYamlIsNamedWithTheLine() {
    Problem problem = problemsOf("a: 1\nb: [1, 2\nc: 3\n").getFirst();

    assertThat(problem.rule()).isEqualTo("SYNTAX");
    assertThat(problem.line()).isEqualTo(3);
    assertThat(problem.message()).contains("flow sequence");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a: .nan", "a: !!int x", "a: !mine 1", "a: *b", "a: 1\n---\nb: 2", "\u0001", "@"})
  void whatHasNoPlaceInADocumentIsRefused(String text) {
    assertThatThrownBy(() -> Document.parse("t.yaml", text)).isInstanceOf(DocumentException.class);
  }

  @Test
  void nestingIsBounded() {
    assertThat(Document.parse("t", "[".repeat(64) + "]".repeat(64)).root().isArray()).isTrue();
    assertThat(problemsOf("[".repeat(100_000)).getFirst().message())
        .isEqualTo("more than 64 levels of nesting");
  }

  @Test
  void aliasesCannotBlowASmallTextUp() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      text.append("a%d: &a%d [".formatted(i, i));
      text.append("*a%d, ".formatted(i - 1).repeat(9)).append("*a%d]\n".formatted(i - 1));
    }

    assertThat(problemsOf(text.toString()).getFirst().message())
        .isEqualTo("more than 1000000 values");
  }

  @Test
  void aValueThatContainsItselfIsRefused() {
    assertThat(problemsOf("a: &a\n  b: *a\n").getFirst().rule()).isEqualTo("SYNTAX");
  }

  @Test
  void hugeTextsAreRefusedUnread() {
    assertThat(problemsOf("a".repeat(16 * 1024 * 1024 + 1)).getFirst().message())
        .isEqualTo("16777217 characters; at most 16777216 are read");
  }

  @Test
  void pathsReadAsAPersonWouldWriteThem() {
    Document document = Document.parse("t", SITE);

    assertThat(document.problem("ORPHAN", "/circuits/1/parent", "no such").toString())
        .isEqualTo("t:10: circuits[1].parent: no such (ORPHAN)");
  }

  private static List<Problem> problemsOf(String text) {
    return catchThrowableOfType(DocumentException.class, () -> Document.parse("t.yaml", text))
        .problems();
  }
}
