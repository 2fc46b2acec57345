package io.busbar.api;

import io.vertx.core.Verticle;
import java.util.List;
import java.util.Set;

/**
 * The entry point of a plugin jar. A jar names exactly one implementation in {@code
 * META-INF/services/io.busbar.api.BusbarPlugin}, has {@code Plugin-Id} and {@code Plugin-Version}
 * in its manifest, and describes its settings in {@code config.schema.json} at its root.
 *
 * <p>Life: constructed → {@link #verticles} → each verticle's {@code start()} registers answers and
 * listeners → {@code kernel.ready.v1} → may ask others → {@code stop()}.
 */
public interface BusbarPlugin {

  /** Requests this plugin answers and topics it tells, without keys. */
  Set<Address> provides();

  /** Addresses of others without which this plugin cannot do its job, without keys. */
  Set<Address> requires();

  /**
   * Makes the verticles, which are then deployed on virtual threads. Called once per start, on a
   * kernel thread; must not touch the bus.
   */
  List<Verticle> verticles(PluginContext context);

  /** Verbs this plugin adds to the launcher, such as {@code allocate}. */
  default List<Command> commands() {
    return List.of();
  }

  /** Kinds of document this plugin can check. */
  default List<DocumentCheck> documentChecks() {
    return List.of();
  }
}
