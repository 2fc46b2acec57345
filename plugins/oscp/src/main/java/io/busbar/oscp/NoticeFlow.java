package io.busbar.oscp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.busbar.api.oscp.AdjustForecast;
import io.busbar.api.oscp.CommandReply;
import io.busbar.api.oscp.ConnectionStage;
import io.busbar.api.oscp.ReportNonCompliance;
import io.busbar.oscp.ConnectionConfig.GroupBinding;
import io.busbar.oscp.LinkState.OpenAdjust;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Tells the partner what it ought to know of its forecasts: other wishes, and limits not kept. */
final class NoticeFlow {

  private static final String CHECK = "compliance";
  private static final String ADJUSTS = "adjusts";
  private static final Duration PERIOD = Duration.ofSeconds(15);

  private final Link link;
  private final Limits limits;
  private final Meters meters;
  private final Dispatcher dispatcher;
  private final Map<String, Duration> aboveSince = new HashMap<>();

  NoticeFlow(Link link, Envelopes envelopes, Meters meters, Dispatcher dispatcher) {
    this.link = link;
    this.limits = envelopes.limits();
    this.meters = meters;
    this.dispatcher = dispatcher;
    link.listen((before, after) -> entered(after));
    envelopes.onRejected((group, why) -> report(group, "cannot be taken: " + why, "REJECTED"));
  }

  void open() {
    entered(link.stage());
    awaitEnds();
  }

  private void entered(ConnectionStage stage) {
    aboveSince.clear();
    if (stage == ConnectionStage.ONLINE) {
      link.alarms().set(CHECK, PERIOD, this::check);
    } else {
      link.alarms().clear(CHECK);
    }
  }

  /** Looks whether what is drawn keeps to the forecast. */
  private void check() {
    link.alarms().set(CHECK, PERIOD, this::check);
    link.config().groups().forEach(this::check);
  }

  private void check(GroupBinding group) {
    Instant now = link.now();
    OptionalInt limit = limits.at(link.series(group.groupId(), ForecastType.CONSUMPTION), now);
    OptionalInt power = meters.power(group, now);
    boolean above = limit.isPresent() && power.isPresent() && power.getAsInt() > limit.getAsInt();
    if (!above) {
      aboveSince.remove(group.groupId());
      return;
    }
    Duration elapsed = link.services().context().scheduler().elapsed();
    Duration since = aboveSince.computeIfAbsent(group.groupId(), none -> elapsed);
    if (elapsed.minus(since).compareTo(link.profile().forecasts().complianceAfter()) >= 0) {
      report(
          group,
          "the limit of %d W is not kept: %d W are drawn"
              .formatted(limit.getAsInt(), power.getAsInt()),
          "EXCEEDED");
    }
  }

  /** At most once for each forecast and reason. */
  private Optional<String> report(GroupBinding group, String message, String reason) {
    List<Block> blocks = link.series(group.groupId(), ForecastType.CONSUMPTION).at(link.now());
    if (blocks.isEmpty()) {
      return Optional.empty();
    }
    String origin = blocks.getFirst().origin();
    String mark = reason + " " + origin;
    if (link.state().progress().reported().contains(mark)) {
      return Optional.empty();
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("message", message);
    ArrayNode concerned = body.putArray("forecasted_blocks");
    blocks.stream()
        .filter(block -> block.origin().equals(origin))
        .forEach(block -> concerned.add(asReceived(block)));
    Outgoing notice =
        notice(
            Action.COMPLIANCE_ERROR,
            Optional.of(origin),
            body.toString(),
            "compliance error of " + group.groupId());
    link.commit(
        link.state().with(link.state().progress().reported(mark)),
        List.of(new Change.Keep(notice), link.told("LIMIT_NOT_KEPT", message)));
    dispatcher.add(notice);
    return Optional.of(notice.requestId());
  }

  private static ObjectNode asReceived(Block block) {
    return block(
        block.capacity(), block.phase(), block.unit(), block.receivedFrom(), block.receivedTo());
  }

  private static ObjectNode block(
      BigDecimal capacity, Block.Phase phase, Block.Unit unit, Instant from, Instant to) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("capacity", capacity)
        .put("phase", phase.name())
        .put("unit", unit.name())
        .put("start_time", Times.write(from))
        .put("end_time", Times.write(to));
  }

  private Outgoing notice(
      Action action, Optional<String> correlationId, String body, String label) {
    return new Outgoing(
        link.id(),
        Outgoing.Queue.NOTICES,
        action,
        UUID.randomUUID().toString(),
        correlationId,
        body,
        label,
        link.now());
  }

  /** An operator says that a forecast cannot be kept. */
  CommandReply report(ReportNonCompliance asked) {
    Optional<GroupBinding> group = link.config().group(asked.groupId());
    if (group.isEmpty()) {
      return new CommandReply.NotFound("group " + asked.groupId());
    }
    if (!link.state().isAgreed()) {
      return new CommandReply.Refused("STAGE", "the connection is " + link.stage());
    }
    return report(group.get(), asked.message(), "OPERATOR " + asked.message())
        .<CommandReply>map(CommandReply.Accepted::new)
        .orElseGet(
            () ->
                new CommandReply.Refused(
                    "OPEN_ALREADY", "no forecast holds now, or it was said of it already"));
  }

  /** An operator asks for another forecast. */
  CommandReply adjust(AdjustForecast asked) {
    Optional<GroupBinding> group = link.config().group(asked.groupId());
    if (group.isEmpty()) {
      return new CommandReply.NotFound("group " + asked.groupId());
    }
    Optional<CommandReply> refusal = refusal(asked);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    ForecastType type = asked.generation() ? ForecastType.GENERATION : ForecastType.CONSUMPTION;
    Outgoing notice =
        notice(Action.ADJUST, Optional.empty(), body(asked, type), "adjust of " + asked.groupId());
    List<OpenAdjust> open = new ArrayList<>(link.state().progress().adjusts());
    open.add(new OpenAdjust(notice.requestId(), asked.groupId(), type, begin(asked), end(asked)));
    link.commit(
        link.state().with(link.state().progress().with(open)),
        List.of(
            new Change.Keep(notice),
            link.told("ADJUST_ASKED", "%s asks for another forecast".formatted(asked.actor()))));
    dispatcher.add(notice);
    awaitEnds();
    return new CommandReply.Accepted(notice.requestId());
  }

  private Optional<CommandReply> refusal(AdjustForecast asked) {
    if (!link.state().isAgreed()) {
      return Optional.of(new CommandReply.Refused("STAGE", "the connection is " + link.stage()));
    }
    if (link.state().progress().switchedOff().contains(Action.ADJUST.path())) {
      return Optional.of(
          new CommandReply.Refused("SWITCHED_OFF", "the partner does not take adjustments"));
    }
    Instant before = link.now();
    for (AdjustForecast.Block block : asked.blocks()) {
      if (block.watts() < 0
          || !block.from().isBefore(block.to())
          || block.from().isBefore(before)) {
        return Optional.of(
            new CommandReply.Refused(
                "INVALID", "blocks: expected some in the future, in order, from 0 W on"));
      }
      before = block.to();
    }
    if (asked.blocks().isEmpty()) {
      return Optional.of(new CommandReply.Refused("INVALID", "blocks: expected at least one"));
    }
    ForecastType type = asked.generation() ? ForecastType.GENERATION : ForecastType.CONSUMPTION;
    boolean open =
        link.state().progress().adjusts().stream()
            .anyMatch(one -> one.isAbout(asked.groupId(), type, begin(asked), end(asked)));
    return open
        ? Optional.of(
            new CommandReply.Refused("OPEN_ALREADY", "this was asked for, and is not answered"))
        : Optional.empty();
  }

  private static Instant begin(AdjustForecast asked) {
    return asked.blocks().getFirst().from();
  }

  private static Instant end(AdjustForecast asked) {
    return asked.blocks().getLast().to();
  }

  private static String body(AdjustForecast asked, ForecastType type) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("group_id", asked.groupId()).put("type", type.name());
    ArrayNode blocks = body.putArray("forecasted_blocks");
    for (AdjustForecast.Block block : asked.blocks()) {
      BigDecimal kilowatts = BigDecimal.valueOf(block.watts()).movePointLeft(3);
      blocks.add(
          block(
              kilowatts.stripTrailingZeros().scale() < 0
                  ? kilowatts.setScale(0, java.math.RoundingMode.UNNECESSARY)
                  : kilowatts.stripTrailingZeros(),
              Block.Phase.ALL,
              Block.Unit.KW,
              block.from(),
              block.to()));
    }
    return body.toString();
  }

  /** A forecast answers what was asked for, whether it says so or only covers it. */
  void taken(ForecastMessage forecast, Optional<String> correlationId) {
    Instant begin =
        forecast.blocks().stream().map(Block::from).min(Instant::compareTo).orElseThrow();
    Instant end = forecast.blocks().stream().map(Block::to).max(Instant::compareTo).orElseThrow();
    close(
        open ->
            correlationId.filter(open.requestId()::equals).isPresent()
                || open.isAbout(forecast.groupId(), forecast.type(), begin, end),
        "answered");
  }

  private void close(java.util.function.Predicate<OpenAdjust> which, String how) {
    List<OpenAdjust> open = link.state().progress().adjusts();
    List<OpenAdjust> rest = open.stream().filter(which.negate()).toList();
    if (rest.size() < open.size()) {
      link.commit(
          link.state().with(link.state().progress().with(rest)),
          List.of(link.told("ADJUST_CLOSED", "what was asked for is " + how)));
    }
    awaitEnds();
  }

  /** Silence is an answer when the time that it was about is over. */
  private void awaitEnds() {
    Instant now = link.now();
    link.state().progress().adjusts().stream()
        .map(OpenAdjust::to)
        .min(Instant::compareTo)
        .ifPresentOrElse(
            end ->
                link.alarms()
                    .set(
                        ADJUSTS,
                        Duration.between(now, end),
                        () -> close(open -> !open.to().isAfter(link.now()), "over")),
            () -> link.alarms().clear(ADJUSTS));
  }
}
