package io.busbar.web;

import io.busbar.api.PluginContext;
import io.busbar.api.Topic;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.capability.CapabilityAddresses;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.field.FieldAddresses;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.wire.RecordJson;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Live events of each site as server-sent events, with ids that a client can resume from. Whoever
 * does not keep up is disconnected; the events before are sent again from the ring when it returns.
 */
final class EventStreams {

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int SLOW_BYTES = 1 << 20;

  /**
   * Ids begin with the time of the start, so that they go on rising after it: who comes back with
   * one from before gets all that happened since. JavaScript counts exactly so far.
   */
  private static final long IDS_PER_SECOND = 1_000_000;

  private final Context context;
  private final int kept;
  private final long firstId;
  private final Map<UUID, Stream> streams = new HashMap<>();

  private static final class Stream {
    private final Deque<Event> ring = new ArrayDeque<>();
    private final Set<HttpServerResponse> listeners = new HashSet<>();
    private long next;

    Stream(long first) {
      this.next = first;
    }

    /** What came after an event; everything that is kept where nobody knows that event. */
    java.util.stream.Stream<Event> after(String last) {
      long seen = last.matches("[0-9]{1,18}") ? Long.parseLong(last) : 0;
      return ring.stream().filter(event -> event.id() > seen || seen >= next);
    }
  }

  private record Event(long id, String text) {}

  EventStreams(PluginContext busbar, Context context, WebConfig config) {
    this.context = context;
    this.kept = config.historyEvents();
    this.firstId = busbar.clock().instant().getEpochSecond() * IDS_PER_SECOND + 1;
    hear(busbar, FieldAddresses.READINGS, "telemetry", e -> e.microgridId());
    hear(busbar, BalancingAddresses.SESSION_CHANGED, "session", e -> e.microgridId());
    hear(busbar, BalancingAddresses.SETTINGS_CHANGED, "balancing_settings", e -> e.microgridId());
    hear(busbar, BalancingAddresses.CYCLE_COMPLETED, "cycle_completed", e -> e.microgridId());
    hear(busbar, BalancingAddresses.BREACH, "breach", e -> e.microgridId());
    hear(busbar, TopologyAddresses.UPDATED, "topology_updated", e -> e.microgridId());
    hear(busbar, TopologyAddresses.NODE_LIMIT_UPDATED, "node_limit_updated", e -> e.microgridId());
    hear(
        busbar,
        TopologyAddresses.CONTROL_POINT_UPDATED,
        "control_point_updated",
        e -> e.microgridId());
    hear(busbar, CapabilityAddresses.RECORDED, "capability_status", e -> e.microgridId());
    hear(busbar, EnvelopeAddresses.RECEIVED, "envelope_received", e -> e.microgridId());
    hear(busbar, EnvelopeAddresses.EVALUATED, "envelope_evaluated", e -> e.microgridId());
    hear(busbar, EnvelopeAddresses.SOURCE_CHANGED, "envelope_source", e -> e.microgridId());
    hear(busbar, EnvelopeAddresses.CAPACITY_CHANGED, "circuit_capacity", e -> e.microgridId());
    busbar.scheduler().every(HEARTBEAT, HEARTBEAT, this::heartbeat);
    busbar.metrics().gauge("live_streams", "Open live event streams", this::open);
  }

  private <E> void hear(
      PluginContext busbar, Topic<E> topic, String name, Function<E, UUID> microgridId) {
    busbar
        .bus()
        .hear(
            topic, event -> context.runOnContext(v -> send(name, microgridId.apply(event), event)));
  }

  private synchronized void send(String name, UUID microgridId, Object event) {
    Stream stream = streams.computeIfAbsent(microgridId, site -> new Stream(firstId));
    long id = stream.next++;
    String text = "id: " + id + "\nevent: " + name + "\ndata: " + RecordJson.encode(event) + "\n\n";
    stream.ring.add(new Event(id, text));
    while (stream.ring.size() > kept) {
      stream.ring.poll();
    }
    stream.listeners.removeIf(listener -> !write(listener, text));
  }

  private static boolean write(HttpServerResponse listener, String text) {
    if (listener.closed() || listener.ended()) {
      return false;
    }
    if (listener.writeQueueFull()) {
      listener.reset();
      return false;
    }
    listener.write(text);
    return true;
  }

  /** Begins a stream, after the event that the client has seen last. */
  synchronized void open(RoutingContext request, UUID microgridId) {
    HttpServerResponse response = request.response();
    response
        .setChunked(true)
        .setWriteQueueMaxSize(SLOW_BYTES)
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("X-Accel-Buffering", "no")
        .putHeader("Content-Encoding", "identity");
    Stream stream = streams.computeIfAbsent(microgridId, site -> new Stream(firstId));
    response.write("retry: 2000\n\n");
    String last = request.request().getHeader("Last-Event-ID");
    if (last != null) {
      stream.after(last).forEach(event -> response.write(event.text()));
    }
    stream.listeners.add(response);
    response.closeHandler(closed -> forget(stream, response));
  }

  private synchronized void forget(Stream stream, HttpServerResponse response) {
    stream.listeners.remove(response);
  }

  private void heartbeat() {
    context.runOnContext(
        v -> {
          synchronized (this) {
            streams
                .values()
                .forEach(
                    s -> s.listeners.removeIf(listener -> !write(listener, ": still here\n\n")));
          }
        });
  }

  private synchronized double open() {
    return streams.values().stream().mapToInt(stream -> stream.listeners.size()).sum();
  }
}
