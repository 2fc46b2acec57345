package io.busbar.bench;

import io.busbar.api.DatabaseAccess;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.postgresql.ds.PGSimpleDataSource;

/** What PostgreSQL does with rows like those of statuses when nobody is in its way. */
final class BareInserts {

  private static final int BATCH = 2_000;

  private static final String TABLE =
      """
      create table if not exists bare_status (
        position bigint generated always as identity primary key,
        status_event_id uuid not null unique, microgrid_id uuid, control_point_id uuid,
        node_id uuid, capability_type text, operational_status text, reported_by text,
        observed_at timestamptz, ingested_at timestamptz, source_event_ref text,
        idempotency_key text, status_detail jsonb, actor text, source text, correlation_id text,
        unique (control_point_id, idempotency_key));
      create index if not exists bare_newest
        on bare_status (control_point_id, observed_at, ingested_at, status_event_id);
      create index if not exists bare_audit on bare_status (ingested_at, status_event_id)
      """;

  private static final String INSERT =
      """
      insert into bare_status
        (status_event_id, microgrid_id, control_point_id, capability_type, operational_status,
         reported_by, observed_at, ingested_at, source_event_ref, idempotency_key, actor, source,
         correlation_id)
      values (?, ?, ?, 'DER', 'on', 'EXTERNAL', ?, ?, ?, ?, 'bench', 'mqtt', ?)
      """;

  private final DatabaseAccess access;

  BareInserts(DatabaseAccess access) {
    this.access = access;
  }

  double perSecond(int seconds) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {access.host()});
    source.setPortNumbers(new int[] {access.port()});
    source.setDatabaseName(access.database());
    source.setUser(access.user());
    source.setPassword(access.password());
    source.setReWriteBatchedInserts(true);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
      connection.setAutoCommit(false);
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        batch(connection, insert);
        long start = System.nanoTime();
        long rows = 0;
        while (System.nanoTime() - start < seconds * 1_000_000_000L) {
          batch(connection, insert);
          rows += BATCH;
        }
        return rows * 1e9 / (System.nanoTime() - start);
      }
    }
  }

  private static void batch(Connection connection, PreparedStatement insert) throws SQLException {
    UUID point = new UUID(0, 1);
    Timestamp now = Timestamp.from(Instant.now());
    for (int i = 0; i < BATCH; i++) {
      String reference = UUID.randomUUID().toString();
      insert.setObject(1, UUID.randomUUID());
      insert.setObject(2, point);
      insert.setObject(3, point);
      insert.setTimestamp(4, now);
      insert.setTimestamp(5, now);
      insert.setString(6, reference);
      insert.setString(7, "ref:" + reference);
      insert.setString(8, reference);
      insert.addBatch();
    }
    insert.executeBatch();
    connection.commit();
  }
}
