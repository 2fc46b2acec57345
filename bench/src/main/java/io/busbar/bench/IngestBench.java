package io.busbar.bench;

import io.busbar.api.DatabaseAccess;
import io.busbar.testkit.TestDatabase;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Durable statuses per second through the doors of a whole Busbar, against what PostgreSQL itself
 * does with the same rows in batches.
 */
final class IngestBench {

  private static final double TARGET_RATIO = 0.4;
  private static final double TARGET_MILLIS = 100;
  private static final int SECONDS = 10;

  private final PrintStream out;

  IngestBench(PrintStream out) {
    this.out = out;
  }

  /** Measures and prints; false when a target is missed. */
  boolean run() throws Exception {
    DatabaseAccess access = TestDatabase.fresh("bench");
    TestDatabase.execute(
        access, "alter database " + access.database() + " set synchronous_commit = on");
    double before = new BareInserts(access).perSecond(SECONDS);
    Path data = Files.createTempDirectory("busbar-bench");
    double http;
    MqttLoad.Rate mqtt;
    MqttLoad.Rate half;
    try (BusbarProcess busbar = BusbarProcess.start(data)) {
      MqttLoad load = new MqttLoad(busbar);
      load.full(3);
      mqtt = load.full(SECONDS);
      half = load.paced(mqtt.perSecond() / 2, SECONDS);
      http = new HttpLoad(busbar).perSecond(SECONDS);
    }
    double after = new BareInserts(access).perSecond(SECONDS);
    return print((before + after) / 2, mqtt, half, http);
  }

  private boolean print(double bare, MqttLoad.Rate mqtt, MqttLoad.Rate half, double http) {
    line("## Durable statuses per second, against PostgreSQL's own batched inserts%n%n");
    line("Java %s. Load, Busbar and PostgreSQL share the machine.%n%n", Runtime.version());
    line("| | per second | ratio | p99 | target |%n|---|---:|---:|---:|---|%n");
    line("| the same rows inserted in batches of 2,000 | %,.0f | 1.00 | | |%n", bare);
    line(
        "| MQTT, QoS 1 | %,.0f | %.2f | %.0f ms | ratio ≥ %.1f |%n",
        mqtt.perSecond(), mqtt.perSecond() / bare, mqtt.p99Millis(), TARGET_RATIO);
    line(
        "| MQTT at half that rate | %,.0f | %.2f | %.0f ms | p99 ≤ %.0f ms |%n",
        half.perSecond(), half.perSecond() / bare, half.p99Millis(), TARGET_MILLIS);
    line("| HTTP, one status a request | %,.0f | %.2f | | |%n", http, http / bare);
    boolean met = mqtt.perSecond() / bare >= TARGET_RATIO && half.p99Millis() <= TARGET_MILLIS;
    line("%n%s%n", met ? "All targets are met." : "A target is MISSED.");
    return met;
  }

  private void line(String format, Object... values) {
    out.printf(Locale.ROOT, format, values);
  }
}
