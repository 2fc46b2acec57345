package io.busbar.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.busbar.system.ConsoleBrowser.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.busbar.testkit.Verifies;
import io.busbar.wire.RecordJson;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits from outside as an operator sees them, in a real browser. */
class ConsoleEnvelopeTest {

  private static final int CAP = 100_000;
  private static final int NEXT = 80_000;
  private static final String OPERATOR = "City grid operator";

  @TempDir Path data;
  @TempDir Path plugins;
  @TempDir Path feed;

  private String microgrid;
  private String gridConnection;
  private String controlPoint;
  private ZoneId zone;

  @Test
  @Verifies({"FR-027", "FR-030", "FR-033"})
  void an_operator_sees_a_limit_from_outside_come_bind_and_lose_its_source() throws Exception {
    try (ConsoleBrowser browser = new ConsoleBrowser()) {
      try (RunningBusbar busbar =
          RunningBusbar.demo(
              data, "--set", "busbar.plugins.disabled=[envelope, circuit-compat, oscp]")) {
        findSite(busbar);
        open(busbar, browser.page());
        assertThat(browser.page().getByTestId("node-limits")).containsText("baseline");
        assertThat(browser.page().getByTestId("envelopes")).hasCount(0);
      }
      Instant begin = Instant.now().truncatedTo(ChronoUnit.HOURS);
      CsvLimits.write(feed, begin.plus(Duration.ofHours(2)), begin.plus(Duration.ofHours(4)), CAP);
      CsvLimits.into(plugins);
      String[] settings =
          CsvLimits.settings(
              plugins, feed, UUID.fromString(microgrid), gridConnection, controlPoint);
      try (RunningBusbar busbar = RunningBusbar.demo(data, settings)) {
        open(busbar, browser.page());
        isScheduled(browser.page(), begin.plus(Duration.ofHours(2)));
        CsvLimits.write(feed, begin, begin.plus(Duration.ofHours(3)), CAP, NEXT);
        binds(browser, begin.plus(Duration.ofHours(3)));
        CsvLimits.remove(feed);
        isLost(browser, failSafe(busbar));
      }
      assertThat(browser.errors()).isEmpty();
    }
  }

  private void isScheduled(Page page, Instant from) {
    Locator panel = page.getByTestId("envelopes");
    assertThat(panel).containsText("pending", within(60));
    assertThat(panel).containsText(clock(from) + " – ");
    assertThat(page.getByTestId("zone")).hasText("times in " + zone);
    assertThat(page.getByTestId("node-limits")).containsText("baseline");
  }

  private void binds(ConsoleBrowser browser, Instant until) {
    Page page = browser.page();
    Locator panel = page.getByTestId("envelopes");
    assertThat(panel).containsText("active, binds", within(90));
    assertThat(panel).containsText(inOrder("consumption cap", "100.0 kW", "csv:limits.csv"));
    assertThat(panel).containsText(inOrder("– ", clock(until))); // of another day with its date
    assertThat(panel).containsText("then 80.0 kW");
    assertThat(page.getByTestId("envelope-sources")).containsText(inOrder(OPERATOR, "online"));
    assertThat(page.getByTestId("node-limits"))
        .containsText(inOrder("100.0 kW", "envelope", "csv:limits.csv until", "baseline"));
    assertThat(page.locator(".tree tr.selected")).containsText("100.0 kW");
    browser.nothingStandsBeyondTheEdge(1440, 1024, 820);
  }

  private static void isLost(ConsoleBrowser browser, String failSafe) {
    Page page = browser.page();
    assertThat(page.getByTestId("envelope-sources"))
        .containsText(inOrder(OPERATOR, "offline"), within(60));
    assertThat(page.getByTestId("envelopes"))
        .containsText(inOrder(failSafe, OPERATOR, "fail-safe"));
    assertThat(page.getByTestId("node-limits"))
        .containsText(inOrder(failSafe, "fail-safe", OPERATOR), within(20));
    // its fault is a long path, which has to find room in the panel of health too
    assertThat(page.getByTestId("trouble")).containsText("csv-limits", within(30));
    browser.nothingStandsBeyondTheEdge(1440, 1024, 820);
  }

  private void open(RunningBusbar busbar, Page page) throws Exception {
    page.setViewportSize(1440, 900);
    page.navigate(busbar.url("/#token=" + busbar.token()));
    assertThat(page.getByTestId("site-power")).containsText(Pattern.compile("\\d"), within(60));
    page.navigate(busbar.url("/#/site/%s/node/%s".formatted(microgrid, gridConnection)));
    assertThat(page.getByTestId("node-detail")).isVisible();
  }

  private void findSite(RunningBusbar busbar) throws Exception {
    JsonNode site = busbar.get("/api/depots").at("/sites/0");
    microgrid = site.get("microgrid_id").asText();
    zone = ZoneId.of(site.get("time_zone").asText());
    for (JsonNode entry : busbar.get("/api/microgrid/" + microgrid + "/topology").get("nodes")) {
      if (entry.at("/node/node_type").asText().equals("GRID_CONNECTION")) {
        gridConnection = entry.at("/node/node_id").asText();
      }
    }
    HttpResponse<String> made =
        busbar.send(
            "POST",
            "/api/microgrid/" + microgrid + "/control-points",
            """
            {"capability_type": "PEAK_SHAVING", "state": "enabled", "description": "%s",
             "control_source": "EXTERNAL", "external_config_type": "CSV"}
            """
                .formatted(OPERATOR));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    controlPoint =
        RecordJson.mapper().readTree(made.body()).at("/result/control_point_id").asText();
  }

  /** As the console writes it. */
  private String failSafe(RunningBusbar busbar) throws Exception {
    String depot = busbar.get("/api/depots").at("/sites/0/depot_id").asText();
    JsonNode shown = busbar.get("/api/depot/" + depot + "/microgrid");
    for (JsonNode circuit : shown.get("effective_circuit_capacities")) {
      if (circuit.get("node_id").asText().equals(gridConnection)) {
        return "%.1f kW".formatted(circuit.get("fail_safe_capacity_watts").asInt() / 1000.0);
      }
    }
    throw new AssertionError("no circuit feeds the grid connection: " + shown);
  }

  /**
   * Texts one after the other, whatever stands between them; browsers know no {@code
   * Pattern.quote}.
   */
  private static Pattern inOrder(String... texts) {
    String all =
        Arrays.stream(texts)
            .map(text -> text.replace(".", "\\."))
            .collect(Collectors.joining(".*"));
    return Pattern.compile(all, Pattern.DOTALL);
  }

  private String clock(Instant instant) {
    return DateTimeFormatter.ofPattern("HH:mm").withZone(zone).format(instant);
  }
}
