package io.busbar.balancing.record;

import io.busbar.store.Transaction;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** One partition of the cycles per day. Making a new day's drops those that are too old. */
final class DayPartitions {

  private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'cycle_'uuuuMMdd");

  private static final String ALL =
      """
      select child.relname as name from pg_inherits
      join pg_class child on child.oid = inhrelid
      where inhparent = 'cycle'::regclass order by 1
      """;

  private final int days;
  private final Set<LocalDate> known = new HashSet<>();

  /**
   * @param days how many days are kept besides the present one
   */
  DayPartitions(int days) {
    this.days = days;
  }

  /** The day that a cycle belongs to. */
  static LocalDate day(Instant startedAt) {
    return LocalDate.ofInstant(startedAt, ZoneOffset.UTC);
  }

  /** Sees to it that there is a partition for a day; true if others may have been dropped. */
  boolean ensure(Transaction transaction, LocalDate day) {
    if (known.contains(day)) {
      return false;
    }
    Set<String> there = new TreeSet<>();
    transaction.query(ALL).forEach(row -> there.add(row.getString("name")));
    if (!there.contains(NAME.format(day))) {
      transaction.query(
          "create table %s partition of cycle for values from ('%s 00:00Z') to ('%s 00:00Z')"
              .formatted(NAME.format(day), day, day.plusDays(1)));
      there.stream()
          .filter(name -> name.compareTo(NAME.format(day.minusDays(days))) < 0)
          .forEach(name -> drop(transaction, name));
      dropOthers(transaction, day.minusDays(days));
    }
    known.add(day);
    return true;
  }

  /** What belonged to cycles that are gone, and breaches that were over by then. */
  private static void dropOthers(Transaction transaction, LocalDate oldest) {
    transaction.query("delete from cycle_frame where last_used < $1", oldest);
    transaction.query(
        "delete from breach where cleared_at < $1", oldest.atStartOfDay().atOffset(ZoneOffset.UTC));
  }

  private void drop(Transaction transaction, String name) {
    transaction.query("drop table " + name);
    known.remove(LocalDate.parse(name, NAME));
  }

  /** The transaction was rolled back: what was made in it is not there. */
  void forget() {
    known.clear();
  }
}
