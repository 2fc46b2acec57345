package io.busbar.balancing.record;

import io.busbar.store.Transaction;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Set;

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

  void ensure(Transaction transaction, Instant startedAt) {
    LocalDate day = LocalDate.ofInstant(startedAt, ZoneOffset.UTC);
    if (known.contains(day)) {
      return;
    }
    transaction.query(
        "create table if not exists %s partition of cycle for values from ('%s 00:00Z') to ('%s 00:00Z')"
            .formatted(NAME.format(day), day, day.plusDays(1)));
    dropOlderThan(transaction, day.minusDays(days));
    known.add(day);
  }

  /** The transaction was rolled back: what was made in it is not there. */
  void forget() {
    known.clear();
  }

  private void dropOlderThan(Transaction transaction, LocalDate oldest) {
    for (Row row : transaction.query(ALL)) {
      String name = row.getString("name");
      if (name.compareTo(NAME.format(oldest)) < 0) {
        transaction.query("drop table " + name);
        known.remove(LocalDate.parse(name, NAME));
      }
    }
  }
}
