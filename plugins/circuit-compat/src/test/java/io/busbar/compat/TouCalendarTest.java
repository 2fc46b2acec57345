package io.busbar.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.compatibility.TouSchedule;
import io.busbar.api.compatibility.TouSchedule.Day;
import io.busbar.api.compatibility.TouSchedule.Window;
import io.busbar.api.envelope.EnvelopeBlock;
import io.busbar.testkit.Verifies;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows mean the wall clock, minute by minute, also in weeks in which it is put back or on. */
@Verifies("FR-008")
class TouCalendarTest {

  private static final Set<Day> WEEKDAYS = EnumSet.range(Day.MONDAY, Day.FRIDAY);
  private static final Set<Day> EVERY_DAY = EnumSet.range(Day.MONDAY, Day.SUNDAY);

  private static final TouSchedule SCHEDULE =
      new TouSchedule(
          List.of(
              window(WEEKDAYS, "07:00", "11:00", 50_000),
              window(WEEKDAYS, "17:00", "21:00", 40_000),
              window(EVERY_DAY, "10:00", "18:00", 60_000),
              window(EVERY_DAY, "01:30", "02:45", 30_000),
              window(EVERY_DAY, "22:00", "01:00", 20_000),
              window(Set.of(Day.SUNDAY), "23:00", null, 10_000),
              window(Set.of(Day.HOLIDAY), "00:00", null, 70_000)),
          List.of(LocalDate.parse("2026-04-07"), LocalDate.parse("2026-03-27")));

  private static Window window(Set<Day> days, String from, String to, int watts) {
    return new Window(
        days, LocalTime.parse(from), Optional.ofNullable(to).map(LocalTime::parse), watts);
  }

  @ParameterizedTest(name = "{0} from {1}")
  @CsvSource({
    "Pacific/Auckland, 2026-03-30, 25",
    "Pacific/Auckland, 2026-09-21, 23",
    "America/Los_Angeles, 2026-03-02, 23",
    "America/Los_Angeles, 2026-10-26, 25",
    "Europe/Berlin, 2026-03-23, 23",
    "Europe/Berlin, 2026-10-19, 25"
  })
  void everyMinuteOfAWeekWithAClockChangeHasTheLimitOfItsWallClock(
      String zoneId, LocalDate monday, int hoursOfSunday) {
    ZoneId zone = ZoneId.of(zoneId);
    TouCalendar calendar = new TouCalendar(SCHEDULE, zone);
    Instant begin = monday.atStartOfDay(zone).toInstant();
    Instant end = monday.plusDays(7).atStartOfDay(zone).toInstant();
    assertThat(Duration.between(calendar.startOf(monday.plusDays(6)), end).toHours())
        .isEqualTo(hoursOfSunday);

    for (int day = 0; day < 7; day++) {
      List<EnvelopeBlock> blocks = calendar.blocksOf(monday.plusDays(day));
      Instant to = monday.plusDays(day + 1L).atStartOfDay(zone).toInstant();
      for (Instant at = calendar.startOf(monday.plusDays(day));
          at.isBefore(to);
          at = at.plusSeconds(60)) {
        assertThat(limit(blocks, at))
            .as("%s", at.atZone(zone))
            .isEqualTo(expected(at.atZone(zone)));
      }
    }
    assertThat(begin).isBefore(end);
  }

  private static OptionalInt limit(List<EnvelopeBlock> blocks, Instant at) {
    List<EnvelopeBlock> covering = blocks.stream().filter(block -> block.covers(at)).toList();
    assertThat(covering).as("blocks at %s", at).hasSizeLessThanOrEqualTo(1);
    return covering.isEmpty() ? OptionalInt.empty() : covering.getFirst().maxLimitWatts();
  }

  /** Asks the schedule what it says of a time on the wall clock. */
  private static OptionalInt expected(ZonedDateTime wall) {
    return SCHEDULE.windows().stream()
        .filter(window -> holds(window, wall.toLocalDate(), wall.toLocalTime()))
        .mapToInt(Window::limitWatts)
        .min();
  }

  private static boolean holds(Window window, LocalDate day, LocalTime time) {
    LocalTime to = window.to().orElse(LocalTime.MAX);
    boolean overMidnight = window.to().isPresent() && !to.isAfter(window.from());
    boolean today = window.days().contains(kind(day)) && !time.isBefore(window.from());
    boolean yesterday = overMidnight && window.days().contains(kind(day.minusDays(1)));
    return overMidnight
        ? today || (yesterday && time.isBefore(to))
        : today && (window.to().isEmpty() || time.isBefore(to));
  }

  private static Day kind(LocalDate day) {
    return SCHEDULE.holidays().contains(day) ? Day.HOLIDAY : Day.valueOf(day.getDayOfWeek().name());
  }

  @Test
  void windowsThatMeetWithTheSameLimitAreOneBlock() {
    TouSchedule schedule =
        new TouSchedule(
            List.of(window(EVERY_DAY, "08:00", "10:00", 5), window(EVERY_DAY, "10:00", "12:00", 5)),
            List.of());

    assertThat(new TouCalendar(schedule, ZoneId.of("UTC")).blocksOf(LocalDate.parse("2026-03-02")))
        .containsExactly(
            EnvelopeBlock.max(
                Instant.parse("2026-03-02T08:00:00Z"), Instant.parse("2026-03-02T12:00:00Z"), 5));
  }

  @Test
  void withoutWindowsThereIsNoBlock() {
    TouSchedule none = new TouSchedule(List.of(), List.of());

    assertThat(new TouCalendar(none, ZoneId.of("UTC")).blocksOf(LocalDate.parse("2026-03-02")))
        .isEmpty();
  }
}
