package io.busbar.api.oscp;

import io.busbar.api.Request;
import io.busbar.api.Topic;
import java.time.Duration;

/**
 * The links to grid operators, for those who watch and run them. Limits themselves travel as
 * envelopes; nobody needs these addresses to keep them. Since 0.1.
 */
public interface OscpAddresses {

  /** All connections and how they are, ordered by id. From memory. */
  Request<ListConnections, ConnectionList> CONNECTIONS =
      Request.of("oscp.connections.v1", ListConnections.class, ConnectionList.class);

  /** One connection with its last messages. From memory; secrets are masked. */
  Request<GetConnection, ConnectionReply> CONNECTION =
      Request.of("oscp.connection.v1", GetConnection.class, ConnectionReply.class);

  /**
   * Asks the grid operator for another forecast. Stored before it is answered. What holds now goes
   * on holding until a forecast arrives.
   */
  Request<AdjustForecast, CommandReply> ADJUST =
      Request.of("oscp.adjust.v1", AdjustForecast.class, CommandReply.class)
          .within(Duration.ofSeconds(15));

  /** Tells the grid operator that a forecast cannot be kept. Stored before it is answered. */
  Request<ReportNonCompliance, CommandReply> REPORT_NON_COMPLIANCE =
      Request.of("oscp.report_non_compliance.v1", ReportNonCompliance.class, CommandReply.class)
          .within(Duration.ofSeconds(15));

  /** Replaces a secret of a connection, at once and for good. Stored encrypted, never shown. */
  Request<SetSecret, CommandReply> SET_SECRET =
      Request.of("oscp.set_secret.v1", SetSecret.class, CommandReply.class)
          .within(Duration.ofSeconds(15));

  /** Begins, repeats or ends the relation. Stored before it is answered. */
  Request<SteerConnection, CommandReply> STEER =
      Request.of("oscp.steer.v1", SteerConnection.class, CommandReply.class)
          .within(Duration.ofSeconds(15));

  /** Something happened to a connection; keyed by {@code microgrid_id}. */
  Topic<ConnectionEvent> EVENT = Topic.of("oscp.connection_event.v1", ConnectionEvent.class);
}
