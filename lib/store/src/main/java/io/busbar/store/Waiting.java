package io.busbar.store;

import io.vertx.core.Future;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the database, never without end. */
final class Waiting {

  /** Longer than any statement of ours takes, shorter than a person's patience. */
  static final int SECONDS = 10;

  private Waiting() {}

  static <T> T on(Future<T> future) {
    try {
      return future.timeout(SECONDS, TimeUnit.SECONDS).await();
    } catch (Throwable cause) {
      if (isAway(cause)) {
        throw new StoreUnavailable("the database is away: " + cause.getMessage(), cause);
      }
      throw cause;
    }
  }

  /** Whether it is about reaching the database, not about what was asked of it. */
  private static boolean isAway(Throwable cause) {
    return switch (cause) {
      case PgException e -> isAwayState(e.getSqlState());
      case TimeoutException _, IOException _ -> true;
      case VertxException _ -> true;
      default -> cause.getClass().getName().startsWith("io.vertx.core.impl.NoStackTrace");
    };
  }

  /** Connection lost, resources out, server going down or coming up, statement not done in time. */
  private static boolean isAwayState(String state) {
    return state != null
        && (state.startsWith("08")
            || state.startsWith("53")
            || state.startsWith("57P")
            || state.equals("57014"));
  }
}
