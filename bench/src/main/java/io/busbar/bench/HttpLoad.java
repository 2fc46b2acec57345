package io.busbar.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Reporters that send one status a request, 64 at once. */
final class HttpLoad {

  private static final int REPORTERS = 64;

  private final BusbarProcess busbar;

  HttpLoad(BusbarProcess busbar) {
    this.busbar = busbar;
  }

  double perSecond(int seconds) throws InterruptedException {
    String path =
        "/api/microgrid/%s/control-points/%s/status-events".formatted(busbar.site, busbar.point);
    AtomicLong stored = new AtomicLong();
    long start = System.nanoTime();
    long until = start + seconds * 1_000_000_000L;
    List<Thread> reporters = new ArrayList<>();
    for (int i = 0; i < REPORTERS; i++) {
      reporters.add(Thread.startVirtualThread(() -> report(path, until, stored)));
    }
    for (Thread reporter : reporters) {
      reporter.join();
    }
    return stored.get() * 1e9 / (System.nanoTime() - start);
  }

  private void report(String path, long until, AtomicLong stored) {
    try {
      while (System.nanoTime() < until) {
        int status = busbar.send(path, body(UUID.randomUUID().toString())).statusCode();
        if (status != 200) {
          throw new IllegalStateException("answered " + status);
        }
        stored.incrementAndGet();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static String body(String reference) {
    return "{\"operational_status\": \"on\", \"observed_at\": \"2026-03-02T10:00:00Z\","
        + " \"source_event_ref\": \""
        + reference
        + "\"}";
  }
}
