package org.example.busbar;

import io.busbar.api.Health;
import io.busbar.api.PluginContext;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.EnvelopeBlock;
import io.busbar.api.envelope.OperatingEnvelope.Type;
import io.busbar.api.envelope.ReportSource;
import io.busbar.api.envelope.SubmitEnvelope;
import io.busbar.api.envelope.SubmitReply;
import io.busbar.api.kernel.KernelAddresses;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Looks at the file again and again; the same content is the same envelope. */
final class CsvLimitsVerticle extends AbstractVerticle {

  private static final String FEED = "feed";

  private final PluginContext busbar;
  private final JsonObject config;
  private final Path file;
  private final UUID microgrid;
  private final UUID controlPoint;

  CsvLimitsVerticle(PluginContext busbar) {
    this.busbar = busbar;
    this.config = busbar.config();
    this.file = busbar.configFolder().resolve(config.getString("file"));
    this.microgrid = UUID.fromString(config.getString("microgrid_id"));
    this.controlPoint = UUID.fromString(config.getString("control_point_id"));
  }

  @Override
  public void start() {
    Duration poll = Duration.ofSeconds(config.getInteger("poll_seconds", 10));
    busbar
        .bus()
        .hear(
            KernelAddresses.READY,
            ready -> busbar.scheduler().every(Duration.ZERO, poll, this::look));
  }

  private void look() {
    try {
      CsvFeed feed =
          new CsvFeed(
              config.getDouble("price_cap", 1e6), config.getInteger("watts_when_expensive", 0));
      List<EnvelopeBlock> blocks = feed.read(Files.readAllLines(file));
      report(true);
      submit(blocks);
    } catch (IOException | IllegalArgumentException e) {
      busbar.health().report(FEED, Health.Status.DOWN, file + ": " + e.getMessage());
      report(false);
    }
  }

  private void submit(List<EnvelopeBlock> blocks) {
    blocks.stream()
        .map(EnvelopeBlock::blockTo)
        .filter(busbar.clock().instant()::isBefore)
        .findAny()
        .map(future -> envelope(blocks))
        .ifPresent(
            envelope ->
                busbar
                    .bus()
                    .ask(EnvelopeAddresses.SUBMIT.at(microgrid), envelope)
                    .onSuccess(this::answered));
  }

  private void answered(SubmitReply reply) {
    switch (reply) {
      case SubmitReply.Accepted _ -> busbar.health().report(FEED, Health.Status.UP, "");
      case SubmitReply.Rejected no ->
          busbar.health().report(FEED, Health.Status.DOWN, no.reasonCode() + ": " + no.message());
    }
  }

  private SubmitEnvelope envelope(List<EnvelopeBlock> blocks) {
    return new SubmitEnvelope(
        microgrid,
        UUID.fromString(config.getString("node_id")),
        Optional.of(controlPoint),
        Type.FORECAST,
        ConstraintType.CONSUMPTION_CAP,
        blocks.getFirst().blockFrom(),
        Optional.of(blocks.getLast().blockTo()),
        false,
        "csv:" + file.getFileName(),
        blocks,
        busbar.pluginId(),
        UUID.randomUUID().toString());
  }

  private void report(boolean online) {
    busbar
        .bus()
        .ask(
            EnvelopeAddresses.REPORT_SOURCE.at(microgrid),
            new ReportSource(
                controlPoint,
                online,
                busbar.clock().instant(),
                Optional.empty(),
                Optional.empty(),
                busbar.pluginId(),
                UUID.randomUUID().toString()));
  }
}
