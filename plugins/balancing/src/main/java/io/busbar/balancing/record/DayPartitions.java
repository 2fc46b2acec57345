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

  /** Sees to it that there is a partition for a cycle that began at an instant. */
  void ensure(Transaction transaction, Instant startedAt) {
    LocalDate day = LocalDate.ofInstant(startedAt, ZoneOffset.UTC);
    if (known.contains(day)) {
      return;
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
    }
    known.add(day);
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
