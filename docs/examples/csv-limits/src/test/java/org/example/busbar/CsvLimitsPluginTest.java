package org.example.busbar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busbar.api.envelope.EnvelopeAddresses;
import io.busbar.api.envelope.EnvelopeBlock;
import io.busbar.api.envelope.ReportSource;
import io.busbar.api.envelope.SubmitEnvelope;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    try (PluginHarness harness = PluginHarness.start(new CsvLimitsPlugin(), context)) {
      context.clock().leapSeconds(1);

      SubmitEnvelope submitted = context.bus().asked(EnvelopeAddresses.SUBMIT).getFirst();
      assertThat(submitted.nodeId()).isEqualTo(NODE);
      assertThat(submitted.originControlPointId()).contains(CONTROL_POINT);
      assertThat(submitted.blocks())
          .extracting(block -> block.maxLimitWatts().getAsInt())
          .containsExactly(80_000, 10_000, 60_000);
      assertThat(context.bus().asked(EnvelopeAddresses.REPORT_SOURCE))
          .extracting(ReportSource::online)
          .containsOnly(true);
    }
  }

  @Test
  void aFileThatIsGoneMakesTheSourceGoOffline() {
    FakeContext context = context();
    try (PluginHarness harness = PluginHarness.start(new CsvLimitsPlugin(), context)) {
      context.clock().leapSeconds(1);

      assertThat(context.bus().asked(EnvelopeAddresses.SUBMIT)).isEmpty();
      assertThat(context.bus().asked(EnvelopeAddresses.REPORT_SOURCE))
          .extracting(ReportSource::online)
          .containsOnly(false);
    }
  }

  @Test
  void aWrongLineIsNamed() {
    CsvFeed feed = new CsvFeed(100, 0);

    assertThatThrownBy(() -> feed.read(List.of(CsvFeed.HEADER, "today,tomorrow,many,")))
        .hasMessage("line 2: expected " + CsvFeed.HEADER);
    assertThatThrownBy(() -> feed.read(List.of("a,b"))).hasMessageContaining("line 1");
    assertThat(feed.read(List.of(CsvFeed.HEADER, ""))).isEqualTo(List.<EnvelopeBlock>of());
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
