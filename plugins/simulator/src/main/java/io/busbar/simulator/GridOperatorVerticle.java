package io.busbar.simulator;

import io.busbar.api.PluginContext;
import io.busbar.api.kernel.KernelAddresses;
import io.busbar.oscpstandin.CapacityProvider;
import io.busbar.oscpstandin.Exchange;
import io.busbar.oscpstandin.HttpCapacityProvider;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.AsyncResult;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays a grid operator for the demo: registers, stays alive, and sends a day every quarter. */
final class GridOperatorVerticle extends AbstractVerticle {

  private static final Logger LOG = LoggerFactory.getLogger(GridOperatorVerticle.class);
  private static final Duration STEP = Duration.ofSeconds(5);
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final Duration ALIVE = Duration.ofSeconds(90);
  private static final int BEATS = 6;
  private static final int QUARTERS = 96;
  private static final double HEARTBEAT_SECONDS = 30;

  private final PluginContext context;
  private final GridOperatorConfig config;
  private final Path tokenFile;
  private HttpCapacityProvider door;
  private CapacityProvider operator;
  private boolean agreed;
  private long steps;
  private Instant sent = Instant.MIN;

  GridOperatorVerticle(PluginContext context, GridOperatorConfig config) {
    this.context = context;
    this.config = config;
    this.tokenFile = context.dataFolder().resolve("grid-operator.token");
  }

  @Override
  public void start() {
    context.bus().hear(KernelAddresses.READY, ready -> open());
  }

  private void open() {
    HttpCapacityProvider.open(vertx, config.port(), context.clock()::instant, config::providerUrl)
        .onSuccess(
            opened -> {
              door = opened;
              operator = opened.partner();
              context.scheduler().every(STEP, STEP, this::step);
            })
        .onFailure(
            fault ->
                LOG.warn(
                    "no grid operator is played: port {}: {}", config.port(), fault.getMessage()));
  }

  private void step() {
    steps++;
    if (!agreed) {
      connect();
    } else {
      if (steps % BEATS == 0) {
        operator.heartbeat(ALIVE).onComplete(this::goOn);
      }
      Instant quarter = quarter();
      if (quarter.isAfter(sent)) {
        sent = quarter;
        operator.send(day(quarter, "CONSUMPTION", false)).onComplete(this::goOn);
      }
    }
  }

  /** With the token of the last register where there was one, else by registering. */
  private void connect() {
    if (Files.exists(tokenFile) || operator.last("register").isPresent()) {
      operator.last("register").ifPresent(request -> remember(operator.token()));
      operator.shows("Token", remembered());
      operator
          .handshake(HEARTBEAT_SECONDS, "INTERMITTENT")
          .onComplete(
              answer -> agreed(answer.status()),
              fault -> LOG.debug("nobody answers the handshake: {}", fault.getMessage()));
    } else {
      operator
          .shows("Token", config.token())
          .register("token-of-the-simulated-grid-operator")
          .onFailure(fault -> LOG.debug("nobody takes a register: {}", fault.getMessage()));
    }
  }

  private void agreed(int status) {
    if (status == 204) {
      agreed = true;
      sent = Instant.MIN;
      operator.send(day(quarter(), "FALLBACK_CONSUMPTION", true));
    }
  }

  /** A partner that does not know it any more is asked for another handshake. */
  private void goOn(AsyncResult<Exchange.Answer> answer) {
    if (answer.failed() || answer.result().status() != 204) {
      agreed = false;
    }
  }

  private Instant quarter() {
    long millis = QUARTER.toMillis();
    return Instant.ofEpochMilli(context.clock().millis() / millis * millis);
  }

  private JsonObject day(Instant from, String type, boolean low) {
    JsonObject[] blocks = new JsonObject[QUARTERS];
    for (int i = 0; i < QUARTERS; i++) {
      Instant begin = from.plus(QUARTER.multipliedBy(i));
      boolean third = begin.getEpochSecond() / QUARTER.toSeconds() % 3 == 2;
      int watts = low || third ? config.lowWatts() : config.highWatts();
      blocks[i] = CapacityProvider.block(begin, begin.plus(QUARTER), watts / 1_000.0);
    }
    return CapacityProvider.forecast(config.groupId(), type, blocks);
  }

  private void remember(String token) {
    try {
      Files.writeString(tokenFile, token);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String remembered() {
    try {
      return Files.readString(tokenFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    if (door != null) {
      door.close();
    }
  }
}
