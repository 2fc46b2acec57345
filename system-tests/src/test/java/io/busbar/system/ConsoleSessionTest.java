package io.busbar.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.busbar.system.ConsoleBrowser.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The form of a session, and who is offered it, in a real browser. */
class ConsoleSessionTest {

  private static final String VIEWER = "token-of-a-viewer";

  private static final String COVERED =
      """
      () => [...document.querySelectorAll('.needs input')]
          .filter(input => input.getBoundingClientRect().right
              > input.parentElement.getBoundingClientRect().right + 1)
          .map(input => input.name)
          .join(', ')
      """;

  @TempDir Path data;

  @Test
  void an_operator_is_told_in_the_forms_words_and_a_viewer_is_offered_no_change() throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(VIEWER.getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        data.resolve("tokens.json"),
        "[{\"name\": \"vera\", \"role\": \"viewer\", \"sha256\": \"%s\"}]"
            .formatted(HexFormat.of().formatHex(hash)));
    try (RunningBusbar busbar = RunningBusbar.demo(data);
        ConsoleBrowser browser = new ConsoleBrowser()) {
      String connector = occupied(busbar);
      Page page = browser.page();
      open(page, busbar, connector, busbar.token());
      page.getByTestId("session-edit").click();
      isUsable(page);
      page.navigate("about:blank");
      open(page, busbar, connector, VIEWER);
      assertThat(page.getByTestId("session-edit")).hasCount(0);
      assertThat(page.getByTestId("session-end")).hasCount(0);
      assertThat(page.getByTestId("strategy")).isDisabled();
      assertThat(browser.errors()).isEmpty();
    }
  }

  private static void isUsable(Page page) {
    assertThat((String) page.evaluate(COVERED)).isEmpty();
    Locator fault = page.getByTestId("session-fault");
    page.locator("[name=energy]").fill("20000");
    page.getByTestId("session-save").click();
    assertThat(fault).hasText("Energy needed: expected a number from 0 to 10,000 kWh.");
    page.locator("[name=energy]").fill("12.5");
    page.locator("[name=departure]").fill("2020-01-01T08:00");
    page.getByTestId("session-save").click();
    assertThat(fault).containsText("Leaves: expected after the vehicle was plugged in");
    page.locator("[name=departure]").fill("");
    page.getByTestId("session-save").click();
    assertThat(page.getByTestId("session")).containsText("left of 12.5 kWh");
  }

  private static void open(Page page, RunningBusbar busbar, String connector, String token) {
    page.navigate(busbar.url("/#token=" + token));
    assertThat(page.getByTestId("zone")).containsText("times in ", within(60));
    page.navigate(busbar.url(connector));
    assertThat(page.getByTestId("session")).containsText("Plugged in since", within(30));
  }

  /** Where the console shows a connector at which a vehicle stays. */
  private static String occupied(RunningBusbar busbar) {
    return Awaitility.await("a session")
        .atMost(Duration.ofSeconds(60))
        .until(() -> findOccupied(busbar), found -> found != null);
  }

  private static String findOccupied(RunningBusbar busbar) throws Exception {
    for (JsonNode site : busbar.get("/api/depots").get("sites")) {
      String id = site.get("microgrid_id").asText();
      JsonNode page = busbar.get("/api/microgrid/" + id + "/sessions?active=true");
      for (JsonNode session : page.get("sessions")) {
        return "/#/site/%s/node/%s".formatted(id, session.get("node_id").asText());
      }
    }
    return null;
  }
}
