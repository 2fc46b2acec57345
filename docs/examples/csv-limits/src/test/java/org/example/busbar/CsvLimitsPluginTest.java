package org.example.busbar;

import static io.busbar.api.envelope.OperatingEnvelope.Status.ACTIVE;
import static io.busbar.api.envelope.OperatingEnvelope.Status.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busbar.api.Health.Status;
import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.EnvelopeBlock;
import io.busbar.api.envelope.EnvelopeSource;
import io.busbar.api.envelope.GapPolicy;
import io.busbar.api.envelope.OperatingEnvelope;
import io.busbar.api.envelope.ReportSource;
import io.busbar.api.envelope.SourceReply;
import io.busbar.api.envelope.SubmitEnvelope;
import io.busbar.api.envelope.SubmitReply;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.LeapClock;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.RecordingHealth.Report;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLimitsPluginTest {

  private static final UUID SITE = new UUID(0, 1);
  private static final UUID NODE = new UUID(0, 2);
  private static final UUID CONTROL_POINT = new UUID(0, 3);

  @TempDir Path folder;

  @Test
  void aFeedBecomesOneEnvelopeInWhichExpensiveHoursAreTighter() throws IOException {
    write(
        "2026-03-02T10:00:00Z,2026-03-02T11:00:00Z,80000,95.5",
        "2026-03-02T11:00:00Z,2026-03-02T12:00:00Z,80000,140",
        "2026-03-02T12:00:00Z,2026-03-02T13:00:00Z,60000,");
    FakeContext context = context();
    accepts(context);
    try (PluginHarness harness = PluginHarness.start(new CsvLimitsPlugin(), context)) {
      context.clock().leapSeconds(1);

      SubmitEnvelope submitted = context.bus().asked(EnvelopeAddresses.SUBMIT).getFirst();
      assertThat(submitted.nodeId()).isEqualTo(NODE);
      assertThat(submitted.originControlPointId()).contains(CONTROL_POINT);
      assertThat(submitted.blocks())
          .extracting(block -> block.maxLimitWatts().getAsInt())
          .containsExactly(80_000, 10_000, 60_000);
      assertThat(online(context)).containsOnly(true);
      assertThat(health(context)).isEqualTo(new Report(Status.UP, ""));
    }
  }

  @Test
  void aFileThatIsGoneMakesTheSourceGoOffline() {
    FakeContext context = context();
    accepts(context);
    try (PluginHarness harness = PluginHarness.start(new CsvLimitsPlugin(), context)) {
      context.clock().leapSeconds(1);

      assertThat(context.bus().asked(EnvelopeAddresses.SUBMIT)).isEmpty();
      assertThat(online(context)).containsOnly(false);
      assertThat(health(context).status()).isEqualTo(Status.DOWN);
      assertThat(health(context).message()).endsWith("feed.csv: no such file");
    }
  }

  @Test
  void aFeedThatIsRejectedIsNeverReportedOnline() throws IOException {
    write("2026-03-02T10:00:00Z,2026-03-02T11:00:00Z,-1,");
    FakeContext context = context();
    context.bus().answer(EnvelopeAddresses.SUBMIT.at(SITE), CsvLimitsPluginTest::rejected);
    try (PluginHarness harness = PluginHarness.start(new CsvLimitsPlugin(), context)) {
      context.clock().leapSeconds(60);

      assertThat(online(context)).containsOnly(false);
      assertThat(health(context).status()).isEqualTo(Status.DOWN);
      assertThat(health(context).message())
          .endsWith("feed.csv: BLOCK_NEGATIVE: 1 of the blocks break a rule: blocks[0]");
    }
  }

  @Test
  void nothingIsSaidAboutTheSourceWhileNobodyAnswers() throws IOException {
    write("2026-03-02T10:00:00Z,2026-03-02T11:00:00Z,80000,");
    FakeContext context = context();
    try (PluginHarness harness = PluginHarness.start(new CsvLimitsPlugin(), context)) {
      context.clock().leapSeconds(60);

      assertThat(online(context)).isEmpty();
      assertThat(health(context).status()).isEqualTo(Status.DOWN);
    }
  }

  @Test
  void aRepairedFileMakesItHealthyAgainThoughOnlyPastBlocksAreLeft() throws IOException {
    FakeContext context = context();
    accepts(context);
    try (PluginHarness harness = PluginHarness.start(new CsvLimitsPlugin(), context)) {
      context.clock().leapSeconds(1);
      assertThat(health(context).status()).isEqualTo(Status.DOWN);

      write("2026-03-02T08:00:00Z,2026-03-02T09:00:00Z,80000,");
      context.clock().leapSeconds(10);

      assertThat(context.bus().asked(EnvelopeAddresses.SUBMIT)).isEmpty();
      assertThat(online(context)).containsExactly(false, true);
      assertThat(health(context)).isEqualTo(new Report(Status.UP, ""));
    }
  }

  @Test
  void aWrongLineIsNamedWithItsCell() {
    String from = "2026-03-02T10:00:00Z,";
    String to = "2026-03-02T11:00:00Z,";

    assertThatThrownBy(() -> read("today," + to + "80000,"))
        .hasMessage(
            "line 2, from_utc: expected a time such as 2026-03-02T10:00:00Z, found 'today'");
    assertThatThrownBy(() -> read(from + "later,80000,")).hasMessageContaining("line 2, to_utc");
    assertThatThrownBy(() -> read(from + to + "many,"))
        .hasMessage("line 2, limit_watts: expected whole watts, found 'many'");
    assertThatThrownBy(() -> read(from + to + "80000,dear"))
        .hasMessage("line 2, price_per_mwh: expected a number, found 'dear'");
    assertThatThrownBy(() -> read(from + to)).hasMessage("line 2: expected 4 cells, found 3");
    assertThatThrownBy(() -> new CsvFeed(100, 0).read(List.of("a,b")))
        .hasMessageContaining("line 1");
    assertThat(read("")).isEmpty();
  }

  @Test
  void settingsWithoutRealIdsAreRefusedByTheSchema() throws IOException {
    try (InputStream schema = CsvLimitsPlugin.class.getResourceAsStream("/config.schema.json")) {
      JsonObject properties =
          new JsonObject(Buffer.buffer(schema.readAllBytes())).getJsonObject("properties");
      assertThat(List.of("microgrid_id", "node_id", "control_point_id"))
          .allMatch(id -> "uuid".equals(properties.getJsonObject(id).getString("format")));
    }
  }

  private static List<EnvelopeBlock> read(String line) {
    return new CsvFeed(100, 0).read(List.of(CsvFeed.HEADER, line));
  }

  private static List<Boolean> online(FakeContext context) {
    return context.bus().asked(EnvelopeAddresses.REPORT_SOURCE).stream()
        .map(ReportSource::online)
        .toList();
  }

  private static Report health(FakeContext context) {
    return context.health().reports().get("feed");
  }

  private static void accepts(FakeContext context) {
    context
        .bus()
        .answer(
            EnvelopeAddresses.SUBMIT.at(SITE),
            submitted -> new SubmitReply.Accepted(taken(submitted, ACTIVE), false));
    context
        .bus()
        .answer(
            EnvelopeAddresses.REPORT_SOURCE.at(SITE), report -> new SourceReply.Known(source()));
  }

  private static SubmitReply rejected(SubmitEnvelope submitted) {
    return new SubmitReply.Rejected(
        taken(submitted, REJECTED),
        "BLOCK_NEGATIVE",
        "1 of the blocks break a rule",
        List.of("blocks[0]", "blocks[1]"));
  }

  private static OperatingEnvelope taken(
      SubmitEnvelope submitted, OperatingEnvelope.Status status) {
    return new OperatingEnvelope(
        new UUID(0, 4),
        SITE,
        submitted.nodeId(),
        submitted.originControlPointId(),
        submitted.envelopeType(),
        submitted.constraintType(),
        submitted.effectiveFrom(),
        submitted.effectiveTo(),
        submitted.sourceRef(),
        status,
        LeapClock.START,
        submitted.blocks());
  }

  private static EnvelopeSource source() {
    return new EnvelopeSource(
        CONTROL_POINT,
        SITE,
        EnvelopeSource.Health.ONLINE,
        Optional.of(LeapClock.START),
        Duration.ofMinutes(5),
        GapPolicy.HOLD_LAST);
  }

  private FakeContext context() {
    JsonObject config =
        new JsonObject()
            .put("file", "feed.csv")
            .put("microgrid_id", SITE.toString())
            .put("node_id", NODE.toString())
            .put("control_point_id", CONTROL_POINT.toString())
            .put("price_cap", 100)
            .put("watts_when_expensive", 10_000);
    return FakeContext.of("csv-limits", config, folder);
  }

  private void write(String... lines) throws IOException {
    Files.writeString(
        folder.resolve("feed.csv"), CsvFeed.HEADER + "\n" + String.join("\n", lines) + "\n");
  }
}
