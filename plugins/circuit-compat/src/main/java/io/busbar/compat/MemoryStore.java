package io.busbar.compat;

import io.busbar.api.Bus;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Keeps everything in memory, for runs that store nothing, such as scenarios. */
final class MemoryStore implements CompatStore {

  private final Bus bus;
  private final Map<UUID, Stored> schedules = new TreeMap<>();
  private final Map<UUID, Map<LocalDate, UUID>> days = new HashMap<>();
  private final Set<UUID> told = new HashSet<>();

  MemoryStore(Bus bus) {
    this.bus = bus;
  }

  @Override
  public Map<UUID, Stored> schedules() {
    return Map.copyOf(schedules);
  }

  @Override
  public void put(Stored schedule) {
    schedules.put(schedule.circuitId(), schedule);
  }

  @Override
  public Map<LocalDate, UUID> days(UUID circuitId) {
    return new TreeMap<>(days.getOrDefault(circuitId, Map.of()));
  }

  @Override
  public void day(UUID circuitId, LocalDate day, Optional<UUID> envelopeId) {
    Map<LocalDate, UUID> known = days.computeIfAbsent(circuitId, none -> new TreeMap<>());
    envelopeId.ifPresentOrElse(id -> known.put(day, id), () -> known.remove(day));
  }

  @Override
  public <E> void tell(Happening<E> happening) {
    if (told.add(happening.eventId())) {
      bus.tell(happening.topic(), happening.event());
    }
  }

  @Override
  public void close() {}
}
