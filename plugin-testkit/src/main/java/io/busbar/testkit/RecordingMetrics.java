package io.busbar.testkit;

import io.busbar.api.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** Keeps every meter in memory; a meter is named as {@code name{tag=value,tag=value}}. */
public final class RecordingMetrics implements Metrics {

  private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();
  private final Map<String, DoubleSupplier> gauges = new ConcurrentHashMap<>();
  private final Map<String, List<Duration>> timings = new ConcurrentHashMap<>();

  /** Count so far; 0 for a counter that nobody made. */
  public long count(String name, String... tags) {
    LongAdder counter = counters.get(key(name, tags));
    return counter == null ? 0 : counter.sum();
  }

  /**
   * Present value.
   *
   * @throws AssertionError if there is no such gauge
   */
  public double gauge(String name, String... tags) {
    DoubleSupplier gauge = gauges.get(key(name, tags));
    if (gauge == null) {
      throw new AssertionError("no gauge " + key(name, tags) + ", only " + gauges.keySet());
    }
    return gauge.getAsDouble();
  }

  /** Durations recorded so far. */
  public List<Duration> timings(String name, String... tags) {
    return List.copyOf(timings.getOrDefault(key(name, tags), List.of()));
  }

  @Override
  public Counter counter(String name, String description, String... tags) {
    return counters.computeIfAbsent(key(name, tags), k -> new LongAdder())::add;
  }

  @Override
  public Timing timing(String name, String description, String... tags) {
    return timings.computeIfAbsent(key(name, tags), k -> new CopyOnWriteArrayList<>())::add;
  }

  @Override
  public void gauge(String name, String description, DoubleSupplier value, String... tags) {
    gauges.put(key(name, tags), value);
  }

  private static String key(String name, String... tags) {
    StringBuilder key = new StringBuilder(name);
    for (int i = 0; i + 1 < tags.length; i += 2) {
      key.append(i == 0 ? '{' : ',').append(tags[i]).append('=').append(tags[i + 1]);
    }
    return tags.length == 0 ? name : key.append('}').toString();
  }
}
