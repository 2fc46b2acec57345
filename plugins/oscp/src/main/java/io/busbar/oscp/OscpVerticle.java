package io.busbar.oscp;

import io.busbar.api.Bus;
import io.busbar.api.PluginContext;
import io.busbar.api.field.FieldAddresses;
import io.busbar.api.kernel.KernelAddresses;
import io.busbar.api.oscp.OscpAddresses;
import io.busbar.api.topology.TopologyAddresses;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import java.time.Duration;
import java.util.function.Supplier;

/** Messages in, messages out; {@link FlexibilityProvider} knows the connections. */
final class OscpVerticle extends AbstractVerticle {

  private static final DeploymentOptions ON_EVENT_LOOP =
      new DeploymentOptions().setThreadingModel(ThreadingModel.EVENT_LOOP);
  private static final Duration HOUR = Duration.ofHours(1);

  private final PluginContext busbar;
  private final OscpConfig config;
  private final Ways ways;
  private final Bus bus;
  private volatile int port;
  private OscpStore store;
  private FlexibilityProvider provider;

  OscpVerticle(PluginContext busbar, OscpConfig config, Ways ways) {
    this.busbar = busbar;
    this.config = config;
    this.ways = ways;
    this.bus = busbar.bus();
    this.port = config.server().port();
  }

  @Override
  public void start() {
    store = ways.store(vertx, busbar);
    SecretBox box =
        config
            .secretKey()
            .map(SecretBox::of)
            .orElseGet(() -> SecretBox.inFolder(busbar.dataFolder()));
    Services services =
        new Services(
            busbar, store, ways.wire(vertx), new Vault(box), new Keyring(), this::publicUrl);
    provider = new FlexibilityProvider(config, services, lanes());
    bus.answer(OscpAddresses.CONNECTIONS, asked -> provider.list());
    bus.answer(OscpAddresses.CONNECTION, provider::find);
    bus.answerLater(OscpAddresses.ADJUST, provider::adjust);
    bus.answerLater(OscpAddresses.REPORT_NON_COMPLIANCE, provider::report);
    bus.answerLater(OscpAddresses.SET_SECRET, provider::replace);
    bus.answerLater(OscpAddresses.STEER, provider::steer);
    bus.hear(FieldAddresses.READINGS, provider::add);
    bus.hear(TopologyAddresses.UPDATED, event -> provider.renew(event.microgridId()));
    bus.hear(KernelAddresses.READY, ready -> open());
  }

  /** With a database one thing after the other on this verticle's context; without one at once. */
  private Supplier<Lane> lanes() {
    return busbar.database().isPresent()
        ? () -> new Lane(work -> context.runOnContext(now -> work.run()), busbar.scheduler())
        : () -> new Lane(Runnable::run, busbar.scheduler());
  }

  private String publicUrl() {
    OscpConfig.Server server = config.server();
    return server.publicUrl().isEmpty()
        ? "%s://%s:%d%s"
            .formatted(server.tls() ? "https" : "http", server.host(), port, server.basePath())
        : server.publicUrl();
  }

  /** Everything that is stored is known before a partner can come in. */
  private void open() {
    try {
      provider.load();
    } catch (RuntimeException fault) {
      busbar.restart(fault);
      return;
    }
    ClockWatch clock = new ClockWatch(busbar, provider::clockWasSet);
    clock.open();
    busbar
        .scheduler()
        .every(HOUR, HOUR, () -> store.forget(busbar.clock().instant().minus(OscpStore.SEEN_KEPT)));
    Promise<Integer> listening = Promise.promise();
    ways.door(busbar, config.server(), provider::answer, listening)
        .ifPresentOrElse(
            door -> vertx.deployVerticle(door, ON_EVENT_LOOP), () -> listening.complete(port));
    listening
        .future()
        .onSuccess(
            actual -> {
              port = actual;
              provider.open();
            });
  }

  @Override
  public void stop() {
    provider.close();
    store.close();
  }
}
