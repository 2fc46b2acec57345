package io.busbar.topology;

import java.util.ArrayList;
import java.util.Collection;
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

  static <T> Delta<T> between(Collection<T> before, Collection<T> after, Function<T, UUID> id) {
    Map<UUID, T> old = HashMap.newHashMap(before.size());
    before.forEach(thing -> old.put(id.apply(thing), thing));
    List<T> written = new ArrayList<>();
    for (T thing : after) {
      T known = old.remove(id.apply(thing));
      if (known != thing && !thing.equals(known)) {
        written.add(thing);
      }
    }
    return new Delta<>(List.copyOf(old.keySet()), written);
  }

  UUID[] goneIds() {
    return gone.toArray(UUID[]::new);
  }
}
