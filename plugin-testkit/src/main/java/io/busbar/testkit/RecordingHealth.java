package io.busbar.testkit;

import io.busbar.api.Health;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Remembers the newest report of every component. */
public final class RecordingHealth implements Health {

  /** What was said last. */
  public record Report(Status status, String message) {}

  private final Map<String, Report> reports = new ConcurrentSkipListMap<>();

  /** Newest report by component name. */
  public Map<String, Report> reports() {
    return Map.copyOf(reports);
  }

  @Override
  public void report(String component, Status status, String message) {
    reports.put(component, new Report(status, message));
  }
}
