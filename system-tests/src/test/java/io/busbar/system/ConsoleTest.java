package io.busbar.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.busbar.testkit.Verifies;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console of the running demo, in a real browser. */
class ConsoleTest {

  private static final List<String> FLAGS =
      List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking");

  private static final String WIDER =
      """
      () => [document.documentElement, ...document.querySelectorAll('.panel')]
          .filter(part => part.scrollWidth > part.clientWidth)
          .map(part => `${part.localName}.${part.className}: ${part.scrollWidth} in ${part.clientWidth}`)
          .join(', ')
      """;

  @TempDir Path data;

  private static Playwright playwright() {
    return Playwright.create(
        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  }

  @Test
  @Verifies({"LB-06", "FR-006", "FR-007"})
  void an_operator_sees_live_numbers_and_reads_why_a_charger_is_curtailed() throws Exception {
    Path chromium = Peer.find("chromium");
    try (RunningBusbar busbar = RunningBusbar.demo(data);
        Playwright playwright = playwright();
        Browser browser =
            playwright
                .chromium()
                .launch(
                    new BrowserType.LaunchOptions().setExecutablePath(chromium).setArgs(FLAGS))) {
      JsonNode curtailed = curtailed(busbar);
      Page page = browser.newPage(new Browser.NewPageOptions().setViewportSize(1440, 900));
      List<String> errors = new ArrayList<>();
      page.onPageError(errors::add);
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
        nothingStandsBeyondTheEdge(page, 1440, 1024, 820);
      }
      assertThat(errors).isEmpty();
    }
  }

  /** Desktop and tablet: the page is no wider than its window, the tree no wider than its panel. */
  private static void nothingStandsBeyondTheEdge(Page page, int... widths) {
    for (int width : widths) {
      page.setViewportSize(width, 900);
      Awaitility.await("what is wider than it may be at " + width)
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat((String) page.evaluate(WIDER)).isEqualTo(""));
    }
  }

  private static LocatorAssertions.ContainsTextOptions within(int seconds) {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(seconds * 1000.0);
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
