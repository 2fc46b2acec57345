package io.busbar.api.kernel;

import io.busbar.api.Request;
import io.busbar.api.Topic;

/** What the kernel itself answers and tells. Since 0.1. */
public interface KernelAddresses {

  /**
   * Told once to every verticle after all plugins have started; told again to one that joins later.
   */
  Topic<KernelReady> READY = Topic.of("kernel.ready.v1", KernelReady.class);

  /** Health of the kernel, the database and every plugin. */
  Request<HealthQuery, HealthReport> HEALTH =
      Request.of("kernel.health.v1", HealthQuery.class, HealthReport.class);

  /** All meters in Prometheus text format. */
  Request<MetricsQuery, MetricsText> METRICS =
      Request.of("kernel.metrics.v1", MetricsQuery.class, MetricsText.class);
}
