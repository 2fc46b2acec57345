package io.busbar.oscp;

import io.busbar.api.TemporarilyUnavailable;
import io.busbar.wire.RecordJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A store that may be away, and whose commits may be in doubt. */
final class ShakyStore implements OscpStore {

  private final OscpStore store;
  private boolean away;
  private int commitsLeft = -1;
  private Runnable doubted = () -> {};
  private boolean doubtful;

  ShakyStore(OscpStore store) {
    this.store = store;
  }

  void goAway() {
    away = true;
  }

  /** So many commits are the last ones. */
  void goAwayAfter(int commits) {
    commitsLeft = commits;
  }

  void comeBack() {
    away = false;
    commitsLeft = -1;
  }

  /** Says that a commit was in doubt. */
  void settle() {
    doubted.run();
  }

  /** The next commit is one, but nobody hears of it. */
  void doubtNext() {
    doubtful = true;
  }

  private void reach() {
    if (away) {
      throw new TemporarilyUnavailable("the store is away", null);
    }
  }

  /** Counters as a database gives them back. */
  @Override
  public Loaded load() {
    reach();
    Loaded loaded = store.load();
    List<Change.PutCounter> counts =
        loaded.counts().stream()
            .map(RecordJson::encode)
            .map(json -> RecordJson.decode(json, Change.PutCounter.class))
            .toList();
    return new Loaded(loaded.states(), loaded.series(), loaded.waiting(), loaded.secrets(), counts);
  }

  @Override
  public Optional<String> digest(String connectionId, String identity, String requestId) {
    reach();
    return store.digest(connectionId, identity, requestId);
  }

  @Override
  public void commit(List<Change> changes) {
    reach();
    if (commitsLeft == 0) {
      throw new TemporarilyUnavailable("the store went away", null);
    }
    commitsLeft = Math.max(-1, commitsLeft - 1);
    store.commit(changes);
    if (doubtful) {
      doubtful = false;
      throw new TemporarilyUnavailable("nobody knows whether it was stored", null);
    }
  }

  @Override
  public void onDoubt(Runnable listener) {
    doubted = listener;
  }

  @Override
  public void forget(Instant before) {
    store.forget(before);
  }

  @Override
  public void close() {
    // is used again after a restart
  }
}
