package io.busbar.oscp;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps connections. Its methods wait, for virtual threads. */
interface OscpStore extends AutoCloseable {

  /** For so long a message is known when it comes again. */
  Duration SEEN_KEPT = Duration.ofHours(25);

  /**
   * Everything that is stored.
   *
   * @param states by connection
   * @param series of all connections
   * @param waiting messages to be delivered, oldest first
   * @param secrets sealed, by connection and name
   * @param counts of all nodes
   */
  record Loaded(
      Map<String, LinkState> states,
      List<Change.PutSeries> series,
      List<Outgoing> waiting,
      List<Change.PutSecret> secrets,
      List<Change.PutCounter> counts) {}

  Loaded load();

  /** Digest of the message that was accepted under this id. */
  Optional<String> digest(String connectionId, String identity, String requestId);

  /** Stores everything or nothing. */
  void commit(List<Change> changes);

  /** Hears, once the store is back, that nobody knew whether some commit was one. */
  default void onDoubt(Runnable listener) {
    // without a database nothing is in doubt
  }

  /** Forgets messages that were seen before. */
  void forget(Instant before);

  @Override
  void close();
}
