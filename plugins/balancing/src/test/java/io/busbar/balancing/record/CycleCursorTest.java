package io.busbar.balancing.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CycleCursorTest {

  @Test
  void aCursorComesBackAsItWas() {
    CycleCursor cursor = new CycleCursor(Instant.parse("2026-03-02T10:00:00.123456Z"), 77);

    assertThat(CycleCursor.of(Optional.of(cursor.text()))).contains(cursor);
  }

  @Test
  void noCursorIsBeforeTheNewest() {
    assertThat(CycleCursor.of(Optional.empty()).orElseThrow().position()).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "1-2", "1-2-3-4", "-1-2-3", "1-2-99999999999999999999", "1-2-3 "})
  void whatIsNoCursorOfOursIsNone(String text) {
    assertThat(CycleCursor.of(Optional.of(text))).isEmpty();
  }
}
