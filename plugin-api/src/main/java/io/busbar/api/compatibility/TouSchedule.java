package io.busbar.api.compatibility;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Limits by time of use: windows of a week on the clock of the site, whatever daylight saving does
 * to it. Where windows overlap, the smallest limit counts.
 *
 * @param windows when which limit holds
 * @param holidays days on which only windows for holidays hold, whatever day of the week it is;
 *     none when absent
 */
public record TouSchedule(List<Window> windows, List<LocalDate> holidays) {

  public TouSchedule {
    windows = List.copyOf(windows);
    holidays = holidays == null ? List.of() : List.copyOf(holidays);
  }

  /** Kind of day. */
  public enum Day {
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    THURSDAY,
    FRIDAY,
    SATURDAY,
    SUNDAY,
    HOLIDAY
  }

  /**
   * One window.
   *
   * @param days on which it begins, in the order of the week
   * @param from begin on the wall clock, inclusive
   * @param to end on the wall clock, exclusive; absent for midnight; not after {@code from}: on the
   *     next day
   * @param limitWatts most that may be drawn, ≥ 0
   */
  public record Window(Set<Day> days, LocalTime from, Optional<LocalTime> to, int limitWatts) {
    public Window {
      days = days.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(days));
    }
  }
}
