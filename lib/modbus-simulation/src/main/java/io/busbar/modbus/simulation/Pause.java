package io.busbar.modbus.simulation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Time that a simulated device takes. */
final class Pause {

  private Pause() {}

  static void millis(long time) {
    new CompletableFuture<Void>().completeOnTimeout(null, time, TimeUnit.MILLISECONDS).join();
  }
}
