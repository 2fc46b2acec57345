package io.busbar.topology;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * What has to be written to get from one list of things to another.
 *
 * @param gone ids of what is no longer there
 * @param written what is new or different
 */
record Delta<T>(List<UUID> gone, List<T> written) {

  static <T> Delta<T> between(List<T> before, List<T> after, Function<T, UUID> id) {
    int head = common(before, after);
    int tail = common(rest(before, head).reversed(), rest(after, head).reversed());
    List<T> left = before.subList(head, before.size() - tail);
    Map<UUID, T> old = HashMap.newHashMap(left.size());
    left.forEach(thing -> old.put(id.apply(thing), thing));
    List<T> written = new ArrayList<>();
    for (T thing : after.subList(head, after.size() - tail)) {
      T known = old.remove(id.apply(thing));
      if (known != thing && !thing.equals(known)) {
        written.add(thing);
      }
    }
    return new Delta<>(List.copyOf(old.keySet()), written);
  }

  private static <T> List<T> rest(List<T> things, int head) {
    return things.subList(head, things.size());
  }

  /** How many things at the beginning are the very same: most of a large tree after an edit. */
  private static int common(List<?> before, List<?> after) {
    int most = Math.min(before.size(), after.size());
    int count = 0;
    while (count < most && before.get(count) == after.get(count)) {
      count++;
    }
    return count;
  }

  UUID[] goneIds() {
    return gone.toArray(UUID[]::new);
  }
}
