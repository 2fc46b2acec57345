package io.busbar.compat;

import io.busbar.api.compatibility.TouSchedule;
import io.busbar.api.compatibility.TouSchedule.Day;
import io.busbar.api.compatibility.TouSchedule.Window;
import io.busbar.api.envelope.EnvelopeBlock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * When the windows of a schedule hold. A window holds at every instant at which the wall clock of
 * the site shows a time inside it: an hour that is skipped in spring does not hold, one that comes
 * twice in autumn holds twice.
 */
final class TouCalendar {

  private final TouSchedule schedule;
  private final ZoneId zone;
  private final Set<LocalDate> holidays;

  private record Stretch(Instant from, Instant to, int watts) {}

  TouCalendar(TouSchedule schedule, ZoneId zone) {
    this.schedule = schedule;
    this.zone = zone;
    this.holidays = new HashSet<>(schedule.holidays());
  }

  /** When a day of the site's calendar begins. */
  Instant startOf(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }

  /** The day of the site's calendar at an instant. */
  LocalDate dayOf(Instant at) {
    return at.atZone(zone).toLocalDate();
  }

  /** Blocks of one day of the site's calendar, in order; none when nothing holds. */
  List<EnvelopeBlock> blocksOf(LocalDate day) {
    return blocks(startOf(day), startOf(day.plusDays(1)));
  }

  /** Blocks between two instants, in order and not overlapping. */
  List<EnvelopeBlock> blocks(Instant from, Instant to) {
    return tightest(stretches(from, to));
  }

  /** Within a stretch of constant offset the wall clock runs like any other. */
  private List<Stretch> stretches(Instant from, Instant to) {
    List<Stretch> found = new ArrayList<>();
    Instant begin = from;
    while (begin.isBefore(to)) {
      ZoneOffsetTransition change = zone.getRules().nextTransition(begin);
      Instant end = change == null || change.getInstant().isAfter(to) ? to : change.getInstant();
      ZoneOffset offset = zone.getRules().getOffset(begin);
      add(
          found,
          LocalDateTime.ofInstant(begin, offset),
          LocalDateTime.ofInstant(end, offset),
          offset);
      begin = end;
    }
    return found;
  }

  private void add(List<Stretch> found, LocalDateTime begin, LocalDateTime end, ZoneOffset offset) {
    LocalDate first = begin.toLocalDate().minusDays(1); // its windows may reach over midnight
    for (LocalDate day = first; !day.isAfter(end.toLocalDate()); day = day.plusDays(1)) {
      for (Window window : schedule.windows()) {
        if (window.days().contains(kind(day))) {
          LocalDateTime from = later(day.atTime(window.from()), begin);
          LocalDateTime to = earlier(end(day, window), end);
          if (from.isBefore(to)) {
            found.add(
                new Stretch(from.toInstant(offset), to.toInstant(offset), window.limitWatts()));
          }
        }
      }
    }
  }

  private Day kind(LocalDate day) {
    return holidays.contains(day) ? Day.HOLIDAY : Day.valueOf(day.getDayOfWeek().name());
  }

  private static LocalDateTime end(LocalDate day, Window window) {
    LocalTime to = window.to().orElse(LocalTime.MIDNIGHT);
    return to.isAfter(window.from()) ? day.atTime(to) : day.plusDays(1).atTime(to);
  }

  private static LocalDateTime later(LocalDateTime a, LocalDateTime b) {
    return a.isAfter(b) ? a : b;
  }

  private static LocalDateTime earlier(LocalDateTime a, LocalDateTime b) {
    return a.isBefore(b) ? a : b;
  }

  private static List<EnvelopeBlock> tightest(List<Stretch> stretches) {
    TreeSet<Instant> edges = new TreeSet<>();
    stretches.forEach(stretch -> edges.addAll(List.of(stretch.from(), stretch.to())));
    List<EnvelopeBlock> blocks = new ArrayList<>();
    for (Instant from : edges) {
      Instant to = edges.higher(from);
      OptionalInt watts =
          stretches.stream()
              .filter(stretch -> !stretch.from().isAfter(from) && stretch.to().isAfter(from))
              .mapToInt(Stretch::watts)
              .min();
      if (watts.isPresent()) {
        append(blocks, EnvelopeBlock.max(from, to, watts.getAsInt()));
      }
    }
    return blocks;
  }

  /** Two that meet and say the same are one. */
  private static void append(List<EnvelopeBlock> blocks, EnvelopeBlock next) {
    EnvelopeBlock last = blocks.isEmpty() ? null : blocks.getLast();
    if (last != null
        && last.blockTo().equals(next.blockFrom())
        && last.maxLimitWatts().equals(next.maxLimitWatts())) {
      blocks.removeLast();
      blocks.add(
          EnvelopeBlock.max(last.blockFrom(), next.blockTo(), next.maxLimitWatts().getAsInt()));
    } else {
      blocks.add(next);
    }
  }
}
