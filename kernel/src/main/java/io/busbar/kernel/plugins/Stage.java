package io.busbar.kernel.plugins;

import io.vertx.core.Verticle;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Where verticles run: on threads of their own, or inside whoever drives virtual time. */
public interface Stage {

  /**
   * Brings a verticle on and waits until its start has ended.
   *
   * @param loader its plugin's classes, the context class loader of everything it does
   * @param limit how long it may take
   * @throws TimeoutOnStart if it takes longer; its thread was interrupted, and should it come up
   *     after all it is taken off again
   * @throws Exception what its start threw
   */
  Appearance enter(Verticle verticle, ClassLoader loader, Duration limit) throws Exception;

  /**
   * Calls something of a plugin's that answers soon: its constructor, what it says of itself.
   *
   * @throws TimeoutOnStart if it takes longer
   */
  <T> T call(Callable<T> question, ClassLoader loader, Duration limit) throws Exception;

  /** A verticle that has started. */
  interface Appearance {
    /** Stops it, waiting at most so long. */
    void leave(Duration limit) throws Exception;
  }

  /** A verticle took too long to start. */
  final class TimeoutOnStart extends Exception {
    private static final long serialVersionUID = 1L;

    TimeoutOnStart(Duration limit) {
      super("hangs on start: interrupted and given up after " + limit.toMillis() + " ms");
    }
  }
}
