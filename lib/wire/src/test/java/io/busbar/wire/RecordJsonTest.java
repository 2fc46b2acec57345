package io.busbar.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RecordJsonTest {

  sealed interface Shape {}

  record RoundShape(int radiusMm, Optional<String> maybeName) implements Shape {}

  record Nothing() implements Shape {}

  record Holder(List<Shape> shapes, Instant takenAt, OptionalInt limitWatts) {}

  private static final Holder HOLDER =
      new Holder(
          List.of(new RoundShape(3, Optional.of("dot")), new Nothing()),
          Instant.parse("2026-03-01T10:00:00Z"),
          OptionalInt.empty());

  @Test
  void names_are_snake_case_absence_is_null_and_sealed_forms_say_their_type() {
    assertThat(RecordJson.encode(HOLDER))
        .isEqualTo(
            """
            {"shapes":[{"type":"round_shape","radius_mm":3,"maybe_name":"dot"},\
            {"type":"nothing"}],"taken_at":"2026-03-01T10:00:00Z","limit_watts":null}\
            """);
  }

  @Test
  void what_was_written_is_read_back_equal() {
    assertThat(RecordJson.decode(RecordJson.encode(HOLDER), Holder.class)).isEqualTo(HOLDER);
  }

  @Test
  void a_form_written_by_itself_still_says_its_type() {
    Shape read = RecordJson.decode(RecordJson.encode(new Nothing()), Shape.class);
    assertThat(read).isEqualTo(new Nothing());
  }

  @Test
  void unknown_fields_are_ignored() {
    assertThat(
            RecordJson.decode(
                "{\"type\":\"round_shape\",\"radius_mm\":1,\"colour\":\"red\"}", Shape.class))
        .isEqualTo(new RoundShape(1, Optional.empty()));
  }

  @Test
  void what_is_no_such_record_is_refused_with_its_name() {
    assertThatThrownBy(() -> RecordJson.decode("{\"radius_mm\":\"x\"}", RoundShape.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("RoundShape");
  }

  @Test
  void aValueOfTheWrongFormIsNamedWithItsPlaceAndWhatWasExpected() {
    record Window(java.time.LocalTime from) {}
    record Schedule(java.util.List<Window> windows) {}
    assertThatThrownBy(
            () -> RecordJson.decode("{\"windows\": [{\"from\": \"25:00\"}]}", Schedule.class))
        .hasMessage("/windows/0/from '25:00': expected a time of day such as 17:30");
  }
}
