package io.busbar.store;

import io.busbar.api.DatabaseAccess;
import io.busbar.api.kernel.KernelAddresses;
import io.busbar.api.kernel.KernelReady;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.LeapClock;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that writes things until it is killed, or dies by itself at the worst moment. Prints
 * the id of every thing whose transaction has returned.
 */
final class DyingWriter {

  /** Where it dies by itself. */
  enum Death {
    /** Never; somebody kills it. */
    BY_OTHERS,
    /** After the thing is written, before the commit. */
    BEFORE_COMMIT,
    /** After the commit, before the event is told. */
    BEFORE_TELLING,
    /** After the event is told, before it is marked as told. */
    BEFORE_MARKING
  }

  private static final int DIES_AT = 10;

  private DyingWriter() {}

  /** Arguments: port, database, death, first id. */
  public static void main(String[] arguments) {
    Death death = Death.valueOf(arguments[2]);
    DatabaseAccess access =
        new DatabaseAccess(
            "127.0.0.1",
            Integer.parseInt(arguments[0]),
            arguments[1],
            "postgres",
            "postgres",
            "test");
    FakeContext context = FakeContext.of("test", new JsonObject(), Path.of("."));
    Store store =
        Store.open(
            Vertx.vertx(),
            access,
            context,
            DyingWriter.class.getClassLoader(),
            List.of(Thing.CHANGED));
    int first = Integer.parseInt(arguments[3]);
    if (death == Death.BEFORE_MARKING) {
      context.bus().hear(Thing.CHANGED, thing -> dieAt(thing.id() - first));
    }
    if (death != Death.BEFORE_TELLING) {
      context.bus().tell(KernelAddresses.READY, new KernelReady(LeapClock.START));
    }
    for (int id = first; ; id++) {
      write(store, id, death == Death.BEFORE_COMMIT ? id - first : 0);
      System.out.println(id);
      if (death == Death.BEFORE_TELLING) {
        dieAt(id - first);
      }
    }
  }

  private static void write(Store store, int id, int age) {
    store.transaction(
        tx -> {
          Thing thing = new Thing(id, "thing " + id);
          tx.query("insert into thing (id, name) values ($1, $2)", id, thing.name());
          tx.tell(Thing.CHANGED, thing, Thing.cause(LeapClock.START));
          dieAt(age);
          return thing;
        });
  }

  private static void dieAt(int age) {
    if (age == DIES_AT) {
      Runtime.getRuntime().halt(137);
    }
  }
}
