package io.busbar.balancing.record;

import io.busbar.api.CommandContext;
import io.busbar.api.CommandContext.OpenDatabase;
import io.busbar.api.balancing.CycleResult;
import io.busbar.balancing.replay.Inputs;
import io.busbar.balancing.replay.StoredCycle;
import io.busbar.store.Maintenance;
import io.busbar.wire.RecordJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The stored cycles for the launcher's commands, while Busbar does not run. */
public final class CycleArchive implements AutoCloseable {

  private static final int FETCH = 100;

  private static final String CYCLES =
      """
      select result::text, site, digest, content, snapshot
      from cycle left join cycle_frame on digest = frame where cycle.microgrid_id = ?
      """;

  private final OpenDatabase database;
  private final Connection connection;

  private CycleArchive(OpenDatabase database, Connection connection) {
    this.database = database;
    this.connection = connection;
  }

  /** Something that a person can put right. */
  public static final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /**
   * Opens what the plugin has stored.
   *
   * @param instead what to do while Busbar runs
   */
  public static CycleArchive open(CommandContext context, String instead)
      throws Refused, SQLException {
    OpenDatabase database = database(context, instead);
    try {
      Connection connection =
          Maintenance.connect(database.access(), CycleArchive.class.getClassLoader());
      connection.setAutoCommit(false);
      return new CycleArchive(database, connection);
    } catch (SQLException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static OpenDatabase database(CommandContext context, String instead) throws Refused {
    try {
      return context.openDatabase("balancing");
    } catch (RuntimeException e) {
      throw new Refused(e.getMessage() + "\nWhile Busbar runs, " + instead + ".");
    }
  }

  /** The site with that id or name. */
  public UUID microgrid(String idOrName) throws Refused, SQLException {
    List<UUID> found = new ArrayList<>();
    List<String> names = new ArrayList<>();
    try (PreparedStatement query =
            connection.prepareStatement(
                "select microgrid_id, site from cycle_frame group by 1, 2 order by 2, 1");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        UUID id = rows.getObject(1, UUID.class);
        names.add("%s (%s)".formatted(rows.getString(2), id));
        if (idOrName.equals(rows.getString(2)) || idOrName.equalsIgnoreCase(id.toString())) {
          found.add(id);
        }
      }
    }
    List<UUID> distinct = found.stream().distinct().toList();
    if (distinct.size() != 1) {
      throw new Refused(
          "%s site '%s' has stored cycles; there are: %s"
              .formatted(
                  distinct.isEmpty() ? "no" : "more than one",
                  idOrName,
                  names.isEmpty() ? "none" : String.join(", ", names)));
    }
    return distinct.getFirst();
  }

  /** One cycle of a site. */
  public StoredCycle cycle(UUID microgridId, UUID cycleId) throws Refused, SQLException {
    List<StoredCycle> found = new ArrayList<>();
    each(CYCLES + "and cycle_id = ?", microgridId, cycleId, found::add);
    if (found.isEmpty()) {
      throw new Refused("cycle " + cycleId + " is not kept");
    }
    return found.getFirst();
  }

  /** The newest cycles of a site, the newest first. */
  public void newest(UUID microgridId, int most, Consumer<StoredCycle> work) throws SQLException {
    each(CYCLES + "order by started_at desc, position desc limit ?", microgridId, most, work);
  }

  private void each(String sql, UUID microgridId, Object value, Consumer<StoredCycle> work)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setFetchSize(FETCH);
      query.setObject(1, microgridId);
      query.setObject(2, value);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          work.accept(stored(rows));
        }
      }
    }
  }

  private static StoredCycle stored(ResultSet row) throws SQLException {
    byte[] frame = row.getBytes(4);
    byte[] snapshot = row.getBytes(5);
    return new StoredCycle(
        RecordJson.decode(row.getString(1), CycleResult.class),
        frame == null || snapshot == null
            ? Optional.empty()
            : Optional.of(new Inputs(row.getString(2), row.getString(3), frame, snapshot)));
  }

  @Override
  public void close() throws SQLException {
    try {
      connection.close();
    } finally {
      database.close();
    }
  }
}
