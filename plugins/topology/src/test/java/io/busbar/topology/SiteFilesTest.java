package io.busbar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.Health.Status;
import io.busbar.api.topology.ListSites;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.RecordingHealth.Report;
import io.busbar.testkit.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Site files named in the settings, over several starts on one database. */
class SiteFilesTest {

  private static final JsonObject CONFIG = JsonObject.of("sites", JsonArray.of("sites/north.yaml"));

  @TempDir Path folder;
  private FakeContext context;

  @Test
  void aFileIsImportedAtTheFirstStartAndAgainWhenItChanged() throws IOException {
    FakeContext base = base();
    write(SiteYaml.GOOD);

    assertThat(start(base)).extracting(Microgrid::version).containsExactly(1);
    assertThat(start(base)).extracting(Microgrid::version).containsExactly(1);
    assertThat(context.bus().told(TopologyAddresses.UPDATED)).isEmpty();

    write(SiteYaml.GOOD.replace("name: North", "name: Northern"));
    assertThat(start(base)).extracting(Microgrid::version).containsExactly(2);
    assertThat(context.bus().told(TopologyAddresses.UPDATED)).hasSize(1);
    assertThat(report()).isEqualTo(new Report(Status.UP, ""));
  }

  @Test
  void aBadFileIsNamedInHealthWithItsProblemsAndWhatWasStoredStays() throws IOException {
    FakeContext base = base();
    write(SiteYaml.GOOD);
    start(base);

    write(SiteYaml.GOOD.replace("circuit: left", "circuit: lft").replace("230", "volts"));
    List<Microgrid> sites = start(base);

    assertThat(sites).extracting(Microgrid::version).containsExactly(1);
    assertThat(report().status()).isEqualTo(Status.DEGRADED);
    assertThat(report().message())
        .contains("what was stored before stays")
        .contains("sites/north.yaml:14: charge_points[0].circuit")
        .contains("sites/north.yaml:10: circuits[1].volts");
  }

  @Test
  void aMissingOrUnreadableFileIsNamedAndTheOthersAreImported() throws IOException {
    write(SiteYaml.GOOD);
    Files.write(folder.resolve("binary.yaml"), "ü".getBytes(StandardCharsets.ISO_8859_1));
    FakeContext base =
        FakeContext.of(
            "topology",
            JsonObject.of("sites", JsonArray.of("gone.yaml", "binary.yaml", "sites/north.yaml")),
            folder);

    assertThat(start(base)).hasSize(1);
    assertThat(context.health().reports().get("site gone.yaml").message())
        .contains("no such file: " + folder.resolve("gone.yaml"));
    assertThat(context.health().reports().get("site binary.yaml").message()).contains("UTF-8");
    assertThat(report().status()).isEqualTo(Status.UP);
  }

  private FakeContext base() {
    return FakeContext.of("topology", CONFIG, folder).with(TestDatabase.fresh("topology"));
  }

  private void write(String text) throws IOException {
    Files.createDirectories(folder.resolve("sites"));
    Files.writeString(folder.resolve("sites/north.yaml"), text);
  }

  private Report report() {
    return context.health().reports().get("site sites/north.yaml");
  }

  /** Starts a process of its own on the same database and folder, lists its sites and stops it. */
  private List<Microgrid> start(FakeContext base) {
    FakeContext fresh = FakeContext.of("topology", base.config(), folder);
    context = base.database().map(fresh::with).orElse(fresh);
    PluginHarness harness = PluginHarness.start(new TopologyPlugin(), context);
    try {
      return context.bus().ask(TopologyAddresses.LIST_SITES, new ListSites()).await().sites();
    } finally {
      harness.close();
    }
  }
}
