package io.busbar.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecordColumnsTest {

  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00.000000007Z");

  public enum Colour {
    RED,
    GREEN
  }

  public record Spot(Instant since, Duration had, Optional<Colour> colour) {}

  public record Row(
      boolean on,
      int watts,
      long far,
      double weight,
      Colour colour,
      UUID id,
      OptionalInt need,
      OptionalLong big,
      OptionalDouble part,
      Optional<Instant> until,
      Spot spot,
      String name,
      Optional<String> note,
      List<Integer> steps) {}

  public record Sheet(Instant at, int version, List<Row> rows, List<Spot> spots) {}

  private static final RecordColumns<Sheet> COLUMNS = RecordColumns.of(Sheet.class);

  @Test
  void what_is_written_is_read_back_equal_whatever_the_values() {
    long seed = Long.getLong("busbar.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    for (int run = 0; run < 500; run++) {
      Sheet sheet = sheet(random, random.nextInt(9), random.nextInt(9));
      byte[] bytes = COLUMNS.encode(sheet);

      assertThat(COLUMNS.decode(bytes, COLUMNS.layout())).as("seed " + seed).isEqualTo(sheet);
      assertThat(COLUMNS.encode(sheet)).isEqualTo(bytes);
    }
  }

  @Test
  void extreme_values_come_back_too() {
    Row row =
        new Row(
            true,
            Integer.MIN_VALUE,
            Long.MIN_VALUE,
            Double.NEGATIVE_INFINITY,
            Colour.GREEN,
            new UUID(Long.MIN_VALUE, Long.MAX_VALUE),
            OptionalInt.of(0),
            OptionalLong.of(Long.MAX_VALUE),
            OptionalDouble.of(-0.0),
            Optional.of(Instant.MAX),
            new Spot(Instant.MIN, Duration.ofSeconds(Long.MIN_VALUE), Optional.of(Colour.RED)),
            "",
            Optional.of("ÿ; :e("),
            List.of());
    Row opposite =
        new Row(
            false,
            Integer.MAX_VALUE,
            Long.MAX_VALUE,
            Double.MIN_VALUE,
            Colour.RED,
            new UUID(0, -1),
            OptionalInt.empty(),
            OptionalLong.of(Long.MIN_VALUE),
            OptionalDouble.empty(),
            Optional.of(Instant.EPOCH.minusNanos(1)),
            new Spot(Instant.MAX, Duration.ofNanos(-1), Optional.empty()),
            "x",
            Optional.empty(),
            List.of(1, -2));
    Sheet sheet = new Sheet(NOW, -1, List.of(row, opposite, row), List.of());

    assertThat(COLUMNS.decode(COLUMNS.encode(sheet), COLUMNS.layout())).isEqualTo(sheet);
  }

  @Test
  void rows_that_are_alike_take_next_to_nothing() {
    Spot spot = new Spot(NOW, Duration.ofMinutes(3), Optional.empty());
    int one = COLUMNS.encode(new Sheet(NOW, 1, List.of(), List.of(spot))).length;
    int many =
        COLUMNS.encode(new Sheet(NOW, 1, List.of(), java.util.Collections.nCopies(100, spot)))
            .length;

    assertThat(many - one).isLessThan(12);
  }

  public record Before(String gone, int watts, Colour colour) {}

  public record After(
      int watts, Optional<String> fresh, double share, Place place, ColourNow colour) {}

  public record Place(int row) {}

  public enum ColourNow {
    BLUE,
    GREEN
  }

  public record SheetBefore(List<Before> rows, List<Place> dropped) {}

  public record SheetAfter(List<After> rows, List<Place> added) {}

  @Test
  void what_has_come_since_is_absent_and_what_has_gone_is_left_out() {
    RecordColumns<SheetBefore> before = RecordColumns.of(SheetBefore.class);
    byte[] bytes =
        before.encode(
            new SheetBefore(
                List.of(new Before("a", 5, Colour.GREEN), new Before("b", 7, Colour.GREEN)),
                List.of(new Place(3))));

    assertThat(RecordColumns.of(SheetAfter.class).decode(bytes, before.layout()))
        .isEqualTo(
            new SheetAfter(
                List.of(
                    new After(5, Optional.empty(), 0, null, ColourNow.GREEN),
                    new After(7, Optional.empty(), 0, null, ColourNow.GREEN)),
                List.of()));
  }

  @Test
  void a_constant_that_is_gone_is_named() {
    RecordColumns<SheetBefore> before = RecordColumns.of(SheetBefore.class);
    byte[] bytes =
        before.encode(new SheetBefore(List.of(new Before("a", 5, Colour.RED)), List.of()));

    assertThatThrownBy(() -> RecordColumns.of(SheetAfter.class).decode(bytes, before.layout()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("RED");
  }

  @Test
  void bytes_that_do_not_fit_are_refused_and_never_read_wrongly() {
    byte[] bytes = COLUMNS.encode(sheet(new SplittableRandom(4), 3, 2));

    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> COLUMNS.decode(cut, COLUMNS.layout()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () -> COLUMNS.decode(Arrays.copyOf(bytes, bytes.length + 1), COLUMNS.layout()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> COLUMNS.decode(bytes, " at:z")).hasMessageContaining("newer version");
  }

  private static Sheet sheet(SplittableRandom random, int rows, int spots) {
    List<Row> all = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      all.add(row(random));
    }
    List<Spot> more = new ArrayList<>();
    for (int i = 0; i < spots; i++) {
      more.add(spot(random));
    }
    return new Sheet(NOW.plusNanos(random.nextLong(1L << 60)), random.nextInt(), all, more);
  }

  private static Row row(SplittableRandom random) {
    return new Row(
        random.nextBoolean(),
        random.nextInt(-3, 4),
        random.nextLong() >> random.nextInt(64),
        random.nextInt(5) / 2.0,
        Colour.values()[random.nextInt(2)],
        new UUID(random.nextLong(), random.nextLong()),
        random.nextBoolean() ? OptionalInt.of(random.nextInt()) : OptionalInt.empty(),
        random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty(),
        random.nextBoolean() ? OptionalDouble.of(random.nextDouble()) : OptionalDouble.empty(),
        random.nextBoolean() ? Optional.of(NOW.plusSeconds(random.nextInt())) : Optional.empty(),
        spot(random),
        "n" + random.nextInt(2),
        random.nextBoolean() ? Optional.of("é") : Optional.empty(),
        random.nextBoolean() ? List.of() : List.of(random.nextInt()));
  }

  private static Spot spot(SplittableRandom random) {
    return new Spot(
        NOW.plusNanos(random.nextInt(3)),
        Duration.ofMillis(random.nextInt(3)),
        random.nextBoolean() ? Optional.of(Colour.GREEN) : Optional.empty());
  }
}
