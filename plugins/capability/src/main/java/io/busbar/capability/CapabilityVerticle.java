package io.busbar.capability;

import io.busbar.api.Bus;
import io.busbar.api.PluginContext;
import io.busbar.api.capability.CapabilityAddresses;
import io.busbar.api.capability.GetHistory;
import io.busbar.api.capability.GetProjection;
import io.busbar.api.capability.HistoryReply;
import io.busbar.api.capability.ProjectionList;
import io.busbar.api.kernel.KernelAddresses;
import io.busbar.api.topology.TopologyAddresses;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Verticle;
import java.time.Instant;
import java.util.Optional;

/** Messages in, messages out; {@link Intake} knows the way of a status. */
final class CapabilityVerticle extends AbstractVerticle {

  private static final DeploymentOptions ON_EVENT_LOOP =
      new DeploymentOptions().setThreadingModel(ThreadingModel.EVENT_LOOP);

  private final PluginContext busbar;
  private final CapabilityConfig config;
  private final Bus bus;
  private StatusHistory history;
  private Intake intake;

  CapabilityVerticle(PluginContext busbar, CapabilityConfig config) {
    this.busbar = busbar;
    this.config = config;
    this.bus = busbar.bus();
  }

  @Override
  public void start() {
    history =
        busbar
            .database()
            .<StatusHistory>map(access -> PostgresHistory.open(vertx, access, busbar))
            .orElseGet(MemoryHistory::new);
    StatusRules rules = new StatusRules(config.futureTolerance());
    intake = new Intake(busbar, context, rules, history);
    bus.answerLater(CapabilityAddresses.RECORD, status -> intake.take(status, "bus"));
    bus.answerLater(CapabilityAddresses.HISTORY, this::page);
    bus.answer(CapabilityAddresses.PROJECTION, this::projection);
    bus.hear(TopologyAddresses.UPDATED, e -> intake.points().forget(e.microgridId()));
    bus.hear(TopologyAddresses.CONTROL_POINT_UPDATED, e -> intake.points().forget(e.microgridId()));
    bus.hear(KernelAddresses.READY, ready -> open());
  }

  /** Opens the doors once others answer. */
  private void open() {
    intake.open();
    MqttIntake messages =
        new MqttIntake(intake, new StatusMessage(config.mqtt().topicPrefix()), busbar.clock());
    if (busbar.database().isPresent()) {
      door(messages).ifPresent(door -> vertx.deployVerticle(door, ON_EVENT_LOOP));
    }
  }

  private Optional<Verticle> door(MqttIntake messages) {
    return switch (config.mqtt().mode()) {
      case SERVER -> Optional.of(new MqttServerDoor(busbar, config.mqtt(), messages));
      case CLIENT -> Optional.of(new MqttClientDoor(busbar, config.mqtt(), messages));
      case OFF -> Optional.empty();
    };
  }

  private Future<HistoryReply> page(GetHistory question) {
    return intake
        .points()
        .find(question.microgridId(), question.controlPointId())
        .map(
            point ->
                point.isPresent()
                    ? history.page(question)
                    : new HistoryReply.NotFound(question.controlPointId()));
  }

  private ProjectionList projection(GetProjection question) {
    Instant now = busbar.clock().instant();
    return new ProjectionList(
        history.projection(question.microgridId()).stream()
            .map(latest -> Projections.fresh(latest, now))
            .toList());
  }

  @Override
  public void stop() {
    intake.close();
    history.close();
  }
}
