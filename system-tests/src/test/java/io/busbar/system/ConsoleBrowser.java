package io.busbar.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A real browser with one page, which keeps what scripts fail with. */
final class ConsoleBrowser implements AutoCloseable {

  private static final List<String> FLAGS =
      List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking");

  private static final String WIDER =
      """
      () => [document.documentElement, ...document.querySelectorAll('.panel')]
          .filter(part => part.scrollWidth > part.clientWidth)
          .map(part => `${part.localName}.${part.className}: ${part.scrollWidth} in ${part.clientWidth}`)
          .join(', ')
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Playwright playwright =
      Playwright.create(
          new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  private final List<String> errors = new ArrayList<>();
  private final Page page;

  ConsoleBrowser() {
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Peer.find("chromium"))
                    .setArgs(FLAGS));
    page = browser.newPage(new Browser.NewPageOptions().setViewportSize(1440, 900));
    page.onPageError(errors::add);
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE.toMillis());
  }

  Page page() {
    return page;
  }

  /** What scripts of the page failed with. */
  List<String> errors() {
    return errors;
  }

  /** Desktop and tablet: the page is no wider than its window, the tree no wider than its panel. */
  void nothingStandsBeyondTheEdge(int... widths) {
    for (int width : widths) {
      page.setViewportSize(width, 900);
      Awaitility.await("what is wider than it may be at " + width)
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat((String) page.evaluate(WIDER)).isEqualTo(""));
    }
  }

  static LocatorAssertions.ContainsTextOptions within(int seconds) {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(seconds * 1000.0);
  }

  /** Ends the browser with all its processes. */
  @Override
  public void close() {
    playwright.close();
  }
}
