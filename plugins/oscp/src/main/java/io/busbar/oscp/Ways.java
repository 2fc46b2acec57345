package io.busbar.oscp;

import io.busbar.api.PluginContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Verticle;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Function;

/** The ways to partners and to the store, whose places tests may take. */
interface Ways {

  Wire wire(Vertx vertx);

  /** Where connections are kept: in the database, or without one for as long as this lasts. */
  default OscpStore store(Vertx vertx, PluginContext context) {
    return context
        .database()
        .<OscpStore>map(access -> PostgresStore.open(vertx, access, context))
        .orElseGet(() -> new MemoryStore(context.bus()));
  }

  /**
   * The door for partners; none in runs that keep nothing, which have no ports.
   *
   * @param listening completed with the port once the door is open
   */
  Optional<Verticle> door(
      PluginContext context,
      OscpConfig.Server server,
      Function<Incoming, Future<Reply>> answers,
      Promise<Integer> listening);

  /** Over HTTP. */
  static Ways http() {
    return new Ways() {
      @Override
      public Wire wire(Vertx vertx) {
        return new HttpWire(vertx);
      }

      @Override
      public Optional<Verticle> door(
          PluginContext context,
          OscpConfig.Server server,
          Function<Incoming, Future<Reply>> answers,
          Promise<Integer> listening) {
        return context.database().isPresent() && !isIdle(context)
            ? Optional.of(new Door(context, server, answers, listening))
            : Optional.empty();
      }
    };
  }

  /** Without connections nobody could come in. */
  private static boolean isIdle(PluginContext context) {
    return context
        .config()
        .getJsonObject("connections", new io.vertx.core.json.JsonObject())
        .isEmpty();
  }
}
