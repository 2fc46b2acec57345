package io.busbar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.api.topology.GetSite;
import io.busbar.api.topology.GetSnapshot;
import io.busbar.api.topology.ImportReply;
import io.busbar.api.topology.ImportReply.Imported;
import io.busbar.api.topology.ImportSite;
import io.busbar.api.topology.Resync;
import io.busbar.api.topology.ResyncReply;
import io.busbar.api.topology.SiteReply;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.api.topology.TopologySnapshot;
import io.busbar.api.topology.TopologyUpdated;
import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The running plugin and the questions that tests ask it. */
abstract class TopologyPluginFixture {

  @TempDir Path folder;
  FakeContext context;
  PluginHarness harness;

  @BeforeEach
  void start() {
    context = context();
    harness = PluginHarness.start(new TopologyPlugin(), context);
  }

  FakeContext context() {
    return FakeContext.of("topology", new JsonObject(), folder);
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  ResyncReply resync(UUID depotId) {
    return context
        .bus()
        .ask(TopologyAddresses.RESYNC, new Resync(depotId, "tester", "c-2"))
        .await();
  }

  SiteReply ask(GetSite question) {
    return context.bus().ask(TopologyAddresses.GET_SITE, question).await();
  }

  Imported imported(String text) {
    ImportReply reply = importSite(text);
    assertThat(reply).isInstanceOf(Imported.class);
    return (Imported) reply;
  }

  ImportReply importSite(String text) {
    ImportSite question = new ImportSite(Optional.empty(), "test.yaml", text, "tester", "c-1");
    return context.bus().ask(TopologyAddresses.IMPORT_SITE, question).await();
  }

  TopologySnapshot snapshot(Imported site) {
    return context
        .bus()
        .ask(TopologyAddresses.SNAPSHOT.at(site.microgridId()), new GetSnapshot())
        .await();
  }

  List<TopologyUpdated> told() {
    return context.bus().told(TopologyAddresses.UPDATED);
  }
}
