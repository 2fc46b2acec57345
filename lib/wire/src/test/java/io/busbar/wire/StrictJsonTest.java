package io.busbar.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StrictJsonTest {

  @Test
  void whatEverybodyReadsAlikeIsRead() {
    assertThat(StrictJson.parse("{\"a\": [1, 2.5, null, true, \"x\"]}").at("/a/1").asDouble())
        .isEqualTo(2.5);
    assertThat(StrictJson.parse("").isMissingNode()).isTrue();
    assertThat(StrictJson.parse(nested(StrictJson.MOST_LEVELS)).isArray()).isTrue();
  }

  @Test
  void whatOthersMayReadDifferentlyIsRefusedWithItsPlace() {
    refused("{\"a\": 1,\n \"a\": 2}", "Duplicate field 'a'", "line 2");
    refused("{} {}", "Trailing token");
    refused("{\"a\": 1e999}", "too large");
    refused("{\"a\": [-1e999]}", "too large");
    refused(nested(StrictJson.MOST_LEVELS + 1), "nesting depth");
    refused("{\"a\": " + "1".repeat(2_000) + "}", "length");
    refused("{\"a\"", "Unexpected end");
  }

  private static void refused(String text, String... parts) {
    assertThatThrownBy(() -> StrictJson.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .contains(parts);
  }

  private static String nested(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  @Test
  void aTextThatNoDatabaseHoldsIsFoundWhereverItIs() {
    assertThat(StrictJson.unstorable(StrictJson.parse("{\"a\": [\"é😀\"], \"b\": 1}"))).isEmpty();
    assertThat(StrictJson.unstorable(StrictJson.parse("{\"a\": [1, {\"b\": \"x\\u0000\"}]}")))
        .contains("/a/1/b");
    assertThat(StrictJson.unstorable(StrictJson.parse("{\"a\": \"\\ud800x\"}"))).contains("/a");
    assertThat(StrictJson.unstorable(StrictJson.parse("{\"a\": {\"\\u0000\": 1}}"))).contains("/a");
  }
}
