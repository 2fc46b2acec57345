package org.example.busbar;

import io.busbar.api.Health;
import io.busbar.api.PluginContext;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.EnvelopeBlock;
import io.busbar.api.envelope.OperatingEnvelope.Type;
import io.busbar.api.envelope.ReportSource;
import io.busbar.api.envelope.SourceReply;
import io.busbar.api.envelope.SubmitEnvelope;
import io.busbar.api.envelope.SubmitReply;
import io.busbar.api.kernel.KernelAddresses;
import io.busbar.api.topology.NodeLimit.ConstraintType;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at the file again and again; the same content is the same envelope. */
final class CsvLimitsVerticle extends AbstractVerticle {

  private static final String FEED = "feed";

  private final PluginContext busbar;
  private final JsonObject config;
  private final Path file;
  private final UUID microgrid;
  private final UUID node;
  private final UUID controlPoint;
  private final CsvFeed feed;

  CsvLimitsVerticle(PluginContext busbar) {
    this.busbar = busbar;
    this.config = busbar.config();
    this.file = busbar.configFolder().resolve(config.getString("file"));
    this.microgrid = UUID.fromString(config.getString("microgrid_id"));
    this.node = UUID.fromString(config.getString("node_id"));
    this.controlPoint = UUID.fromString(config.getString("control_point_id"));
    this.feed =
        new CsvFeed(
            config.getDouble("price_cap", 1e6), config.getInteger("watts_when_expensive", 0));
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
      List<EnvelopeBlock> blocks = feed.read(Files.readAllLines(file));
      Instant now = busbar.clock().instant();
      if (blocks.stream().map(EnvelopeBlock::blockTo).anyMatch(now::isBefore)) {
        submit(blocks);
      } else {
        alive(); // there is nothing to submit
      }
    } catch (NoSuchFileException e) {
      broken("no such file");
    } catch (IOException e) {
      broken("cannot be read: " + e);
    } catch (IllegalArgumentException e) {
      broken(e.getMessage());
    }
  }

  private void submit(List<EnvelopeBlock> blocks) {
    busbar
        .bus()
        .ask(EnvelopeAddresses.SUBMIT.at(microgrid), envelope(blocks))
        .onSuccess(
            reply -> {
              switch (reply) {
                case SubmitReply.Accepted _ -> alive();
                case SubmitReply.Rejected no -> broken(why(no));
              }
            })
        .onFailure(fault -> down(fault.getMessage())); // says nothing about the source
  }

  private static String why(SubmitReply.Rejected no) {
    return Stream.concat(Stream.of(no.reasonCode(), no.message()), no.details().stream().limit(1))
        .collect(Collectors.joining(": "));
  }

  private void alive() {
    report(true)
        .onSuccess(
            reply -> {
              switch (reply) {
                case SourceReply.Known _ -> busbar.health().report(FEED, Health.Status.UP, "");
                case SourceReply.Refused no -> down(no.reasonCode() + ": " + no.message());
              }
            })
        .onFailure(fault -> down(fault.getMessage()));
  }

  private void broken(String why) {
    down(why);
    report(false);
  }

  private void down(String why) {
    busbar.health().report(FEED, Health.Status.DOWN, file + ": " + why);
  }

  private SubmitEnvelope envelope(List<EnvelopeBlock> blocks) {
    return new SubmitEnvelope(
        microgrid,
        node,
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

  private Future<SourceReply> report(boolean online) {
    return busbar
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
