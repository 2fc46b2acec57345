package io.busbar.oscp;

import io.busbar.oscp.Message.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts parts of larger forecasts together. A part names the first part or the one before it; either
 * leads to the whole, in whatever order they come.
 */
final class Segments {

  /** For so long the next part is awaited. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int MOST_PARTS = 100;
  private static final int MOST_BLOCKS = 3_000;
  private static final int MOST_OPEN = 20;

  private final List<Assembly> open = new ArrayList<>();

  /** Parts of one message so far. */
  private static final class Assembly {
    private final TreeMap<Integer, Part> parts = new TreeMap<>();
    private final Set<String> ids = new HashSet<>();
    private int count;
    private Instant last;
  }

  private record Part(String requestId, ForecastMessage content) {}

  /**
   * Takes a part; the same one once more changes nothing. The whole stays until it is done.
   *
   * @return the whole, once it is complete, and the id of its first part
   * @throws Refusal if it does not fit; then all parts so far are dropped
   */
  Optional<Whole> add(Message message, ForecastMessage content, Instant now) {
    Segment segment = message.segment().orElseThrow();
    if (segment.count() > MOST_PARTS) {
      throw Refusal.badRequest("X-Segment-Count: at most " + MOST_PARTS);
    }
    Set<String> names = names(message, segment);
    Assembly assembly = merged(names);
    try {
      add(assembly, message.requestId(), segment, content);
    } catch (Refusal e) {
      open.remove(assembly);
      throw e;
    }
    assembly.ids.addAll(names);
    assembly.last = now;
    if (assembly.parts.size() < assembly.count) {
      return Optional.empty();
    }
    return Optional.of(whole(assembly));
  }

  /** The whole is stored or refused: its parts are not awaited any more. */
  void done(Whole whole) {
    open.removeIf(assembly -> assembly.ids.contains(whole.firstId()));
  }

  /** A message that was put together. */
  record Whole(String firstId, ForecastMessage content) {}

  private static Set<String> names(Message message, Segment segment) {
    Set<String> names = new HashSet<>();
    names.add(message.requestId());
    if (segment.index() > 1) {
      names.add(
          message
              .correlationId()
              .orElseThrow(
                  () -> Refusal.badRequest("X-Correlation-ID: a later part names the first part")));
    }
    return names;
  }

  /** The assembly that any of the names leads to; several become one. */
  private Assembly merged(Set<String> names) {
    Assembly merged = null;
    for (Iterator<Assembly> each = open.iterator(); each.hasNext(); ) {
      Assembly assembly = each.next();
      if (names.stream().noneMatch(assembly.ids::contains)) {
        continue;
      }
      if (merged == null) {
        merged = assembly;
      } else {
        each.remove();
        join(merged, assembly);
      }
    }
    if (merged == null) {
      if (open.size() >= MOST_OPEN) {
        throw new Refusal(429, "too many segmented messages are open", Map.of("Retry-After", "60"));
      }
      merged = new Assembly();
      open.add(merged);
    }
    return merged;
  }

  private void join(Assembly into, Assembly other) {
    boolean fits =
        into.count == other.count
            && into.parts.keySet().stream().noneMatch(other.parts::containsKey);
    if (!fits) {
      open.remove(into);
      throw Refusal.badRequest("X-Segment-Index: the parts do not belong together");
    }
    into.parts.putAll(other.parts);
    into.ids.addAll(other.ids);
  }

  private static void add(
      Assembly assembly, String requestId, Segment segment, ForecastMessage content) {
    if (assembly.parts.isEmpty()) {
      assembly.count = segment.count();
    } else if (assembly.count != segment.count()) {
      throw Refusal.badRequest("X-Segment-Count differs from that of another part");
    }
    for (Part other : assembly.parts.values()) {
      if (!other.content().groupId().equals(content.groupId())
          || other.content().type() != content.type()) {
        throw Refusal.badRequest("group_id or type differs from that of another part");
      }
    }
    Part part = new Part(requestId, content);
    Part before = assembly.parts.put(segment.index(), part);
    if (before != null && !before.equals(part)) {
      throw Refusal.badRequest("X-Segment-Index: this part is there already, under another id");
    }
    int blocks =
        assembly.parts.values().stream().mapToInt(each -> each.content().blocks().size()).sum();
    if (blocks > MOST_BLOCKS) {
      throw new Refusal(413, "more than %d blocks in all parts".formatted(MOST_BLOCKS));
    }
  }

  private static Whole whole(Assembly assembly) {
    String first = assembly.parts.firstEntry().getValue().requestId();
    ForecastMessage one = assembly.parts.firstEntry().getValue().content();
    List<Block> blocks =
        assembly.parts.values().stream()
            .flatMap(part -> part.content().blocks().stream())
            .map(block -> block.of(first))
            .toList();
    return new Whole(first, new ForecastMessage(one.groupId(), one.type(), blocks));
  }

  /** How many were not completed in time. */
  long late(Instant now) {
    return open.stream().filter(assembly -> isLate(assembly, now)).count();
  }

  /** Drops what was not completed in time. */
  void expire(Instant now) {
    open.removeIf(assembly -> isLate(assembly, now));
  }

  private static boolean isLate(Assembly assembly, Instant now) {
    return !assembly.last.plus(PATIENCE).isAfter(now);
  }

  boolean isEmpty() {
    return open.isEmpty();
  }
}
