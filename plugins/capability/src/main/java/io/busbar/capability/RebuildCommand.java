package io.busbar.capability;

import io.busbar.api.Command;
import io.busbar.api.CommandContext;
import io.busbar.api.CommandContext.OpenDatabase;
import io.busbar.store.Maintenance;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** {@code ./busbar rebuild capability}: the latest statuses anew from the history. */
final class RebuildCommand implements Command {

  /** Whoever appends meanwhile waits for it; see {@link StatusRows#APPEND}. */
  private static final String TURN = "select pg_advisory_xact_lock(hashtext('status_event'))";

  private static final String DIGEST =
      """
      select count(*) || ' ' || coalesce(
        encode(sha256(convert_to(string_agg(p::text, E'\\n' order by control_point_id), 'UTF8')), 'hex'),
        '-')
      from status_projection p
      """;

  private static final String REBUILD =
      """
      insert into status_projection
      select distinct on (control_point_id)
             control_point_id, microgrid_id, node_id, capability_type, status_event_id,
             operational_status, reported_by, observed_at, ingested_at, status_detail
      from status_event
      order by control_point_id, observed_at desc, ingested_at desc, status_event_id desc
      """;

  @Override
  public String name() {
    return "rebuild";
  }

  @Override
  public String summary() {
    return "Makes the latest statuses anew from their history, while nothing runs.";
  }

  @Override
  public String usage() {
    return """
    busbar rebuild capability
    Throws the read model of latest statuses away, makes it again from the stored events, and says
    whether it came out the same. Stop Busbar on this data folder first.\
    """;
  }

  @Override
  public int run(List<String> arguments, CommandContext context) throws SQLException {
    if (!arguments.equals(List.of("capability"))) {
      context.err().println("busbar rebuild: expected capability");
      context.err().println("Try: ./busbar rebuild --help");
      return USAGE;
    }
    try (OpenDatabase database = context.openDatabase("capability");
        Connection connection =
            Maintenance.connect(database.access(), RebuildCommand.class.getClassLoader());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(TURN);
      String before = value(statement, DIGEST);
      statement.executeUpdate("delete from status_projection");
      statement.executeUpdate(REBUILD);
      String after = value(statement, DIGEST);
      connection.commit();
      context.out().println("before: " + before);
      context.out().println("after:  " + after);
      context
          .out()
          .println(
              before.equals(after)
                  ? "the latest statuses are byte for byte the same"
                  : "the latest statuses were different and are mended");
      return 0;
    }
  }

  private static String value(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
