package io.busbar.kernel.health;

import io.busbar.api.Metrics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/** All meters, kept by Micrometer; one view per plugin, whose meters go with it. */
public final class PrometheusMetrics implements AutoCloseable {

  private static final String PREFIX = "busbar_";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();

  /** By name and tags: a gauge is replaced, and looking for it among all meters takes long. */
  private final Map<List<?>, Meter> gauges = new ConcurrentHashMap<>();

  public PrometheusMetrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    gc.bindTo(registry);
  }

  /** All meters in Prometheus text format. */
  public String scrape() {
    return registry.scrape();
  }

  /** A view whose meters are removed when it is closed. */
  public Owned owned() {
    return new Owned();
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }

  /** One owner's meters. */
  public final class Owned implements Metrics, AutoCloseable {

    private final Set<Meter> meters = ConcurrentHashMap.newKeySet();

    @Override
    public Counter counter(String name, String description, String... tags) {
      var counter =
          io.micrometer.core.instrument.Counter.builder(PREFIX + name)
              .description(description)
              .tags(tags)
              .register(registry);
      meters.add(counter);
      return counter::increment;
    }

    @Override
    public Timing timing(String name, String description, String... tags) {
      Timer timer =
          Timer.builder(PREFIX + name).description(description).tags(tags).register(registry);
      meters.add(timer);
      return timer::record;
    }

    @Override
    public void gauge(String name, String description, DoubleSupplier value, String... tags) {
      Meter before = gauges.remove(List.of(name, Tags.of(tags)));
      if (before != null) {
        registry.remove(before);
        meters.remove(before);
      }
      Meter gauge =
          Gauge.builder(PREFIX + name, value, DoubleSupplier::getAsDouble)
              .description(description)
              .tags(tags)
              .strongReference(true)
              .register(registry);
      gauges.put(List.of(name, Tags.of(tags)), gauge);
      meters.add(gauge);
    }

    @Override
    public void close() {
      meters.forEach(registry::remove);
      gauges.values().removeAll(meters);
      meters.clear();
    }
  }
}
