package io.busbar.oscp;

import io.busbar.api.oscp.ConnectionEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** One thing to be stored. */
sealed interface Change {

  /** What is known of a connection. */
  record PutState(String connectionId, LinkState state) implements Change {}

  /** The forecasts of one group and type. */
  record PutSeries(String connectionId, String groupId, ForecastType type, Series series)
      implements Change {}

  /** A message that was accepted, so that it is known when it comes again. */
  record Seen(String connectionId, String identity, String requestId, String digest, Instant seenAt)
      implements Change {}

  /** A message to be delivered. */
  record Keep(Outgoing message) implements Change {}

  /** A message that is not to be delivered any more. */
  record Drop(Outgoing message) implements Change {}

  /** A secret that takes the place of the one in the settings. */
  record PutSecret(String connectionId, String name, String sealed) implements Change {}

  /** What a meter has counted. */
  record PutCounter(String connectionId, UUID nodeId, EnergyCounter.Kept count) implements Change {}

  /** Something to be told and kept in the audit, for each microgrid that it is about. */
  record Tell(List<ConnectionEvent> events) implements Change {

    public Tell {
      events = List.copyOf(events);
    }
  }
}
