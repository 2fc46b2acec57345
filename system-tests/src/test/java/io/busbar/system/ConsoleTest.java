package io.busbar.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.busbar.system.ConsoleBrowser.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.busbar.testkit.Verifies;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console of the running demo, in a real browser. */
class ConsoleTest {

  @TempDir Path data;

  @Test
  @Verifies({"LB-06", "FR-006", "FR-007"})
  void an_operator_sees_live_numbers_and_reads_why_a_charger_is_curtailed() throws Exception {
    try (RunningBusbar busbar = RunningBusbar.demo(data);
        ConsoleBrowser browser = new ConsoleBrowser()) {
      JsonNode curtailed = curtailed(busbar);
      Page page = browser.page();
      page.navigate(busbar.url("/#token=" + busbar.token()));
      Locator power = page.getByTestId("site-power");
      assertThat(power).containsText(Pattern.compile("\\d"), within(20));
      // a full garage may draw the same for minutes, but a cycle is told every ten seconds
      Locator cycles = page.getByTestId("cycle-list");
      String first = cycles.innerText();
      Awaitility.await("the list of cycles goes on")
          .atMost(Duration.ofSeconds(40))
          .until(() -> !cycles.innerText().equals(first));

      page.navigate(
          busbar.url(
              "/#/site/%s/node/%s"
                  .formatted(
                      curtailed.get("microgrid_id").asText(), curtailed.get("node_id").asText())));
      Locator sentence = page.getByTestId("explain-sentence");
      assertThat(sentence).containsText("because", within(30));
      assertThat(page.getByTestId("node-detail")).isVisible();
      assertThat(page.getByTestId("source-asset")).containsText("connector");
      assertThat(page.getByTestId("cycle-list")).isVisible();
      for (JsonNode site : busbar.get("/api/depots").get("sites")) {
        page.navigate(busbar.url("/#/site/" + site.get("microgrid_id").asText()));
        assertThat(page.getByTestId("site-switch").locator("option:checked"))
            .hasText(site.get("name").asText());
        browser.nothingStandsBeyondTheEdge(1440, 1024, 820);
      }
      assertThat(browser.errors()).isEmpty();
    }
  }

  /** A connector that got less than it wants, with its site. */
  private static JsonNode curtailed(RunningBusbar busbar) {
    return Awaitility.await("a curtailed connector")
        .atMost(Duration.ofSeconds(60))
        .until(() -> findCurtailed(busbar), found -> found != null);
  }

  private static JsonNode findCurtailed(RunningBusbar busbar) throws Exception {
    for (JsonNode site : busbar.get("/api/depots").get("sites")) {
      String id = site.get("microgrid_id").asText();
      JsonNode tree = busbar.get("/api/microgrid/" + id + "/topology");
      for (JsonNode entry : tree.get("nodes")) {
        JsonNode got = entry.get("allocation");
        boolean less =
            entry.at("/node/node_type").asText().equals("CONNECTOR")
                && !got.isNull()
                && got.get("binding_node_id").isTextual()
                && got.get("allocated_watts").asInt() < got.get("requested_watts").asInt();
        if (less) {
          ((com.fasterxml.jackson.databind.node.ObjectNode) got).put("microgrid_id", id);
          return got;
        }
      }
    }
    return null;
  }
}
