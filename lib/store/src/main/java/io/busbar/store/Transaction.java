package io.busbar.store;

import io.busbar.api.Topic;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** One transaction, while it lasts. For the thread that runs it. */
public final class Transaction {

  /** Something to keep in the audit and to tell after the commit. */
  record Pending(Topic<?> topic, Object event, Cause cause) {}

  private final SqlConnection connection;
  private final List<Pending> pending = new ArrayList<>();

  Transaction(SqlConnection connection) {
    this.connection = connection;
  }

  /**
   * Runs one statement and waits for it.
   *
   * @param sql with {@code $1}, {@code $2} … for the values
   * @throws StoreUnavailable if the database does not answer in time
   * @throws io.vertx.pgclient.PgException if it refuses the statement
   */
  public RowSet<Row> query(String sql, Object... values) {
    return Waiting.on(connection.preparedQuery(sql).execute(Tuple.wrap(values)));
  }

  /** Runs one statement for each tuple of values, in one go. */
  public void batch(String sql, List<Tuple> tuples) {
    if (!tuples.isEmpty()) {
      Waiting.on(connection.preparedQuery(sql).executeBatch(tuples));
    }
  }

  /** Commits the event to the audit with the rest, and tells it on the bus after the commit. */
  public <E> void tell(Topic<E> topic, E event, Cause cause) {
    pending.add(new Pending(topic, event, cause));
  }

  List<Pending> pending() {
    return pending;
  }
}
