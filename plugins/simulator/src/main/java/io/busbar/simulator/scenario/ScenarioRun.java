package io.busbar.simulator.scenario;

import io.busbar.api.CommandContext;
import io.busbar.api.VirtualRun;
import io.busbar.api.balancing.BalancingAddresses;
import io.busbar.api.balancing.CycleCompleted;
import io.busbar.api.simulator.FieldRecord;
import io.busbar.api.simulator.GetRecord;
import io.busbar.api.simulator.PlayReply;
import io.busbar.api.simulator.PlayStays;
import io.busbar.api.simulator.SimulatorAddresses;
import io.busbar.api.topology.GetSnapshot;
import io.busbar.api.topology.ImportReply;
import io.busbar.api.topology.ImportSite;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.api.topology.TopologySnapshot;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.UUID;

/** Runs one scenario in a kernel of its own, in virtual time. */
final class ScenarioRun {

  private static final Duration STEP = Duration.ofHours(1);
  private static final String DATA = "data:";

  private final Scenario scenario;
  private final CommandContext context;
  private final Path data;
  private final Map<String, Long> cycles = new TreeMap<>();
  private final MessageDigest decisions;
  private long breaches;
  private boolean announced;

  ScenarioRun(Scenario scenario, CommandContext context, Path data) {
    this.scenario = scenario;
    this.context = context;
    this.data = data;
    try {
      decisions = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Runs it to its end.
   *
   * @throws IllegalArgumentException if site or sessions cannot be used, saying why
   */
  Outcome run() throws IOException {
    long began = System.nanoTime();
    String text = siteText();
    try (VirtualRun run = context.startVirtual(scenario.start(), settings(text))) {
      run.bus().hear(BalancingAddresses.CYCLE_COMPLETED, this::count);
      run.bus().hear(BalancingAddresses.BREACH, e -> breaches += opened(e.breach().clearedAt()));
      UUID microgridId = importSite(run, text);
      TopologySnapshot site =
          done(run.bus().ask(TopologyAddresses.SNAPSHOT.at(microgridId), new GetSnapshot()));
      List<PlayStays.Stay> stays = play(run, site);
      advance(run);
      FieldRecord record =
          done(run.bus().ask(SimulatorAddresses.RECORD.at(microgridId), new GetRecord()));
      double wallSeconds = (System.nanoTime() - began) / 1e9;
      OptionalDouble optimum =
          scenario.offlineOptimum()
              ? OptionalDouble.of(new OfflineOptimum(site).wattHours(stays))
              : OptionalDouble.empty();
      decisions.update(record.digest().getBytes(StandardCharsets.UTF_8));
      return new Outcome(
          record,
          optimum,
          cycles,
          breaches,
          HexFormat.of().formatHex(decisions.digest()),
          wallSeconds);
    }
  }

  private static int opened(Optional<Instant> clearedAt) {
    return clearedAt.isPresent() ? 0 : 1;
  }

  private String siteText() throws IOException {
    if (scenario.site().startsWith(DATA)) {
      return GridSite.convert(Files.readString(file(scenario.site())), scenario.rootLimitPercent());
    }
    return Files.readString(scenario.file().toAbsolutePath().resolveSibling(scenario.site()));
  }

  private Path file(String reference) {
    Path file = data.resolve(reference.substring(DATA.length()));
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(
          scenario.file() + ": " + file + " does not exist; set BUSBAR_DATA to the data folder");
    }
    return file;
  }

  private JsonObject settings(String siteText) throws IOException {
    JsonObject settings = scenario.settings().copy();
    settings.put("topology", new JsonObject().put("sites", new JsonArray()));
    JsonObject simulator = settings.getJsonObject("simulator", new JsonObject());
    simulator.put("seed", scenario.seed());
    if (!simulator.containsKey("sample_seconds")) {
      simulator.put("sample_seconds", 10);
    }
    simulator.put(
        "sites",
        new JsonArray()
            .add(
                new JsonObject()
                    .put("site", SiteName.of(siteText))
                    .put("traffic", scenario.traffic())
                    .put("factor", scenario.trafficFactor())
                    .put("building_peak_watts", scenario.buildingPeakWatts())));
    return settings.put("simulator", simulator);
  }

  private UUID importSite(VirtualRun run, String text) {
    ImportReply reply =
        done(
            run.bus()
                .ask(
                    TopologyAddresses.IMPORT_SITE,
                    new ImportSite(
                        Optional.empty(), scenario.site(), text, "scenario", scenario.name())));
    return switch (reply) {
      case ImportReply.Imported imported -> imported.microgridId();
      case ImportReply.Refused refused ->
          throw new IllegalArgumentException(
              String.join("\n", refused.problems().stream().map(Object::toString).toList()));
    };
  }

  private List<PlayStays.Stay> play(VirtualRun run, TopologySnapshot site) throws IOException {
    if (scenario.sessions().isEmpty()) {
      return List.of();
    }
    List<PlayStays.Stay> stays =
        SessionsCsv.read(file(scenario.sessions().get()), site).stream()
            .map(stay -> scenario.trueDepartures() ? truthful(stay) : stay)
            .toList();
    UUID microgridId = site.microgrid().microgridId();
    PlayReply reply =
        done(run.bus().ask(SimulatorAddresses.PLAY.at(microgridId), new PlayStays(stays)));
    if (reply instanceof PlayReply.Refused refused) {
      throw new IllegalArgumentException(String.join("\n", refused.problems()));
    }
    return stays;
  }

  private static PlayStays.Stay truthful(PlayStays.Stay stay) {
    return new PlayStays.Stay(
        stay.sessionId(),
        stay.nodeId(),
        stay.arrival(),
        stay.departure(),
        stay.departure(),
        stay.energyWattHours(),
        stay.maxWatts(),
        stay.capacityWattHours());
  }

  private void advance(VirtualRun run) {
    Instant end = scenario.start().plus(scenario.duration());
    boolean terminal = System.console() != null && System.console().isTerminal();
    while (run.clock().instant().isBefore(end)) {
      Duration left = Duration.between(run.clock().instant(), end);
      run.advance(left.compareTo(STEP) < 0 ? left : STEP);
      if (terminal) {
        announced = true;
        long percent =
            100
                * Duration.between(scenario.start(), run.clock().instant()).toSeconds()
                / scenario.duration().toSeconds();
        context.err().print("\r" + scenario.name() + ": " + percent + " %  ");
      }
    }
    if (announced) {
      context.err().print("\r");
    }
  }

  private void count(CycleCompleted event) {
    cycles.merge(event.cycle().outcome().name(), 1L, Long::sum);
    ByteBuffer decided =
        ByteBuffer.allocate(4 + 8 + 8 + 32)
            .putInt(event.cycle().allocationSummary().allocatedWatts())
            .putLong(event.cycle().startedAt().toEpochMilli())
            .putLong(event.cycle().cycleId().getMostSignificantBits())
            .put(HexFormat.of().parseHex(event.cycle().audit().inputDigest()));
    decisions.update(decided.array());
  }

  /** In virtual time a question is answered when it has been asked. */
  private static <T> T done(Future<T> reply) {
    if (reply.failed()) {
      throw new IllegalStateException(reply.cause().getMessage(), reply.cause());
    }
    if (!reply.isComplete()) {
      throw new IllegalStateException("no answer in virtual time");
    }
    return reply.result();
  }
}
