package io.busbar.oscp;

import io.busbar.api.Bus;
import io.busbar.api.oscp.OscpAddresses;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps everything for as long as the process lasts. */
final class MemoryStore implements OscpStore {

  private record SeenKey(String connectionId, String identity, String requestId) {}

  private final Bus bus;
  private final Map<String, LinkState> states = new HashMap<>();
  private final Map<List<Object>, Change.PutSeries> series = new HashMap<>();
  private final Map<SeenKey, Change.Seen> seen = new LinkedHashMap<>();
  private final List<Outgoing> waiting = new ArrayList<>();
  private final Map<String, Change.PutSecret> secrets = new HashMap<>();
  private final Map<List<Object>, Change.PutCounter> counts = new HashMap<>();

  MemoryStore(Bus bus) {
    this.bus = bus;
  }

  @Override
  public synchronized Loaded load() {
    return new Loaded(
        Map.copyOf(states),
        List.copyOf(series.values()),
        List.copyOf(waiting),
        List.copyOf(secrets.values()),
        List.copyOf(counts.values()));
  }

  @Override
  public synchronized Optional<String> digest(
      String connectionId, String identity, String requestId) {
    return Optional.ofNullable(seen.get(new SeenKey(connectionId, identity, requestId)))
        .map(Change.Seen::digest);
  }

  @Override
  public void commit(List<Change> changes) {
    synchronized (this) {
      changes.forEach(this::apply);
    }
    for (Change change : changes) {
      if (change instanceof Change.Tell tell) {
        tell.events()
            .forEach(event -> bus.tell(OscpAddresses.EVENT.at(event.microgridId()), event));
      }
    }
  }

  private void apply(Change change) {
    switch (change) {
      case Change.PutState put -> states.put(put.connectionId(), put.state());
      case Change.PutSeries put ->
          series.put(List.of(put.connectionId(), put.groupId(), put.type()), put);
      case Change.Seen mark ->
          seen.put(new SeenKey(mark.connectionId(), mark.identity(), mark.requestId()), mark);
      case Change.Keep keep -> keep(keep.message());
      case Change.Drop drop -> waiting.removeIf(kept -> isSame(kept, drop.message()));
      case Change.PutSecret put -> secrets.put(put.connectionId() + "/" + put.name(), put);
      case Change.PutCounter put -> counts.put(List.of(put.connectionId(), put.nodeId()), put);
      case Change.Tell _ -> {
        // told when everything is kept
      }
    }
  }

  private void keep(Outgoing message) {
    if (waiting.stream().noneMatch(kept -> isSame(kept, message))) {
      waiting.add(message);
    }
  }

  private static boolean isSame(Outgoing one, Outgoing other) {
    return one.requestId().equals(other.requestId());
  }

  @Override
  public synchronized void forget(Instant before) {
    seen.values().removeIf(mark -> mark.seenAt().isBefore(before));
  }

  @Override
  public void close() {
    // nothing is open
  }
}
