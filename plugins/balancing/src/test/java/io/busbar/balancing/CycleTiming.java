package io.busbar.balancing;

import io.busbar.api.field.Reading;
import io.busbar.api.field.Readings;
import io.busbar.api.field.VehicleState;
import io.busbar.balancing.apply.Order;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Measures a cycle with everything but bus and storage: readings taken, snapshot, decision, digest,
 * books, result. Not a test; run it by hand. Prints microseconds per cycle when nothing changes and
 * when every vehicle's draw does.
 */
final class CycleTiming {

  private static final int[] SIZES = {52, 500, 5_000};

  private CycleTiming() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    for (int size : SIZES) {
      System.out.printf(
          "%,6d connectors: %,8.1f µs steady, %,8.1f µs all changing; %,d bytes of inputs%n",
          size, measure(size, false), measure(size, true), bytes(size));
    }
  }

  /** Of a cycle in which all change, without the frame. */
  private static int bytes(int size) {
    Run run = new Run(size, true);
    run.cycles(20);
    return run.last.inputs().snapshot().length;
  }

  private static double measure(int size, boolean changing) {
    Run run = new Run(size, changing);
    int cycles = Math.max(200, 1_000_000 / size);
    run.cycles(cycles);
    long began = System.nanoTime();
    run.cycles(cycles);
    return (System.nanoTime() - began) / 1_000.0 / cycles;
  }

  private static final class Run {
    private final Site site;
    private final int size;
    private final boolean changing;
    private Instant now = Instant.parse("2026-03-02T10:00:00Z");
    private int count;
    private Cycle last;

    Run(int size, boolean changing) {
      this.size = size;
      this.changing = changing;
      SiteSketch sketch = new SiteSketch().stepAmps(1).grid("g", size * 4_000);
      for (int i = 0; i < size; i++) {
        if (i % 50 == 0) {
          sketch.circuit("c" + i / 50, "g", 250_000);
        }
        sketch.connectors("c" + i / 50, "v" + i);
      }
      site = new Site(sketch.topology(), BalancingConfig.from(new JsonObject()), now);
    }

    void cycles(int cycles) {
      for (int i = 0; i < cycles; i++) {
        now = now.plusSeconds(10);
        count++;
        site.take(readings(), now);
        last = site.run(CycleCause.SCHEDULE, now, now.plusSeconds(10));
        Optional<Order> order = site.ledger().next(now);
        while (order.isPresent()) {
          site.ledger().confirmed(order.get().connector(), order.get().watts(), now);
          order = site.ledger().next(now);
        }
      }
    }

    private Readings readings() {
      List<Reading> readings = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        int allowed = site.ledger().book(i).confirmed();
        int drawn = changing ? Math.max(0, allowed - (count + i) % 90) : allowed;
        readings.add(
            new Reading(
                site.connector(i).rating().nodeId(),
                now,
                OptionalInt.of(drawn),
                OptionalLong.empty(),
                List.of(),
                Optional.of(VehicleState.CHARGING),
                OptionalInt.of(count == 1 ? 0 : allowed)));
      }
      return new Readings(FakeDepot.SITE, "timing", readings);
    }
  }
}
