package io.busbar.store;

import io.busbar.api.Topic;
import java.time.Instant;
import java.util.UUID;

/** What the tests store and tell. */
record Thing(int id, String name) {

  static final Topic<Thing> CHANGED = Topic.of("test.thing_changed.v1", Thing.class);

  static Thing insert(Store store, int id, Instant now) {
    return store.transaction(
        tx -> {
          Thing thing = new Thing(id, "thing " + id);
          tx.query("insert into thing (id, name) values ($1, $2)", id, thing.name());
          tx.tell(CHANGED.at(id % 2), thing, cause(now));
          return thing;
        });
  }

  static Cause cause(Instant now) {
    return new Cause(UUID.randomUUID(), now, "tester", "store-test", "c-1");
  }
}
