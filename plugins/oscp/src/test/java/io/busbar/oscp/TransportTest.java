package io.busbar.oscp;

import static io.busbar.oscp.Depot.GROUP;
import static io.busbar.oscp.Depot.NOW;
import static io.busbar.oscp.Depot.get;
import static io.busbar.oscp.Depot.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.oscpstandin.CapacityProvider;
import io.busbar.oscpstandin.Exchange.Answer;
import io.busbar.oscpstandin.Exchange.Request;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every request has to keep, whatever it is about. */
class TransportTest {

  private static final String FORECAST = "update_group_capacity_forecast";

  @TempDir Path folder;
  private Depot depot;
  private CapacityProvider partner;

  @BeforeEach
  void start() {
    depot = Depot.online(folder);
    partner = depot.partner();
  }

  @AfterEach
  void stop() {
    depot.close();
  }

  private static JsonObject forecast() {
    return CapacityProvider.forecast(
        GROUP, "CONSUMPTION", CapacityProvider.block(NOW, NOW.plusSeconds(3600), 50));
  }

  private Request forecastRequest() {
    return partner.request("POST", FORECAST, forecast());
  }

  private static Request withBody(Request request, String body) {
    return new Request(request.method(), request.action(), request.headers(), body);
  }

  private Answer send(Request request) {
    return get(partner.send(request));
  }

  private void assertRefused(int status, Request request) {
    var before = depot.view();
    var envelopes = depot.envelopes().submitted();
    Answer answer = send(request);
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(new JsonObject(answer.body()).getString("message")).isNotBlank();
    assertThat(answer.headers()).containsKey("X-Error-Message");
    assertThat(answer.body()).doesNotContain(partner.token()).doesNotContain("Exception");
    assertThat(depot.view()).isEqualTo(before);
    assertThat(depot.envelopes().submitted()).isEqualTo(envelopes);
  }

  @Test
  @Checklist("T-01")
  void aHeartbeatIsAcceptedWithoutABody() {
    Answer answer = get(partner.heartbeat(Duration.ofMinutes(3)));

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  @Checklist("T-02")
  void aCharsetOfTheContentTypeIsTolerated() {
    Request request = forecastRequest().with("Content-Type", "application/json; charset=utf-8");

    assertThat(send(request).status()).isEqualTo(204);
  }

  @Test
  @Checklist("T-03")
  void otherContentThanJsonIsRefused() {
    assertRefused(415, forecastRequest().with("Content-Type", "text/plain"));
  }

  @ParameterizedTest
  @Checklist("T-04")
  @ValueSource(strings = {"no json", "{\"group_id\":\"DEPOT", "{} trailing", "{\"a\":01}"})
  void whatIsNoJsonIsRefused(String body) {
    assertRefused(400, withBody(forecastRequest(), body));
  }

  @ParameterizedTest
  @Checklist("T-05")
  @ValueSource(strings = {"[]", "5", "\"text\"", "null", "true"})
  void aBodyThatIsNoObjectIsRefused(String body) {
    assertRefused(400, withBody(forecastRequest(), body));
  }

  @Test
  @Checklist("T-06")
  void anEmptyBodyIsRefused() {
    assertRefused(400, partner.request("POST", "handshake", null));
    assertRefused(400, withBody(partner.request("POST", "handshake", new JsonObject()), ""));
  }

  @Test
  @Checklist("T-07")
  void unknownPropertiesAreIgnored() {
    JsonObject forecast = forecast().put("extra", new JsonObject().put("deep", 1));
    forecast.getJsonArray("forecasted_blocks").getJsonObject(0).put("more", "x");
    JsonObject handshake = CapacityProvider.wishes(60.0).put("extra", true);
    handshake.getJsonObject("required_behaviour").put("extra", "x");

    assertThat(status(partner.send(forecast))).isEqualTo(204);
    assertThat(send(partner.request("POST", "handshake", handshake)).status()).isEqualTo(204);
    assertThat(depot.watts()).hasValue(50_000);
  }

  @Test
  @Checklist("T-08")
  void nullIsNoValue() {
    assertRefused(400, partner.request("POST", FORECAST, forecast().putNull("group_id")));
    JsonObject wishes = CapacityProvider.wishes(null);
    wishes.getJsonObject("required_behaviour").putNull("heartbeat_interval");
    assertRefused(400, partner.request("POST", "handshake", wishes));
    JsonObject bare = new JsonObject().putNull("required_behaviour");
    assertRefused(400, partner.request("POST", "handshake", bare));
    JsonObject heartbeat = new JsonObject().putNull("offline_mode_at");
    assertRefused(400, partner.request("POST", "heartbeat", heartbeat));
  }

  @Test
  @Checklist("T-09")
  void aNameThatIsThereTwiceIsRefused() {
    String body = "{\"offline_mode_at\":\"2026-03-02T10:05:00Z\",\"offline_mode_at\":\"x\"}";

    assertRefused(400, withBody(partner.request("POST", "heartbeat", new JsonObject()), body));
  }

  @Test
  @Checklist("T-10")
  void otherMethodsAreRefusedAndTheAllowedOnesNamed() {
    for (Action action : Action.values()) {
      if (!action.served().isEmpty()) {
        Answer answer = send(partner.request("GET", action.path(), null));
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers().get("Allow")).isEqualTo(String.join(", ", action.served()));
      }
    }
    assertRefused(405, partner.request("PUT", "heartbeat", new JsonObject()));
  }

  @ParameterizedTest
  @Checklist("T-11")
  @ValueSource(
      strings = {
        "handshake_acknowledgment",
        "heartbeat/",
        "../2.1/heartbeat",
        "adjust_group_capacity_forecast",
        ""
      })
  void unknownPathsAreNotFound(String action) {
    assertRefused(404, partner.request("POST", action, forecast()));
  }

  @Test
  @Checklist("T-13")
  void withoutCredentialsAScheme_isNamed() {
    Answer answer = send(forecastRequest().with("Authorization", null));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.headers()).containsKey("WWW-Authenticate");
    assertRefused(401, forecastRequest().with("Authorization", null));
  }

  @Test
  @Checklist("T-14")
  void anUnknownTokenIsRefusedAndAnotherPartnersGroupIsAsUnknownAsAnyOther() {
    assertRefused(401, forecastRequest().with("Authorization", "Token unknown"));
    JsonObject settings = Depot.settings(new JsonObject());
    JsonObject other = Depot.connection(settings, "grid").copy().put("initial_token", "other-a");
    other.getJsonArray("groups").getJsonObject(0).put("group_id", "OTHER");
    settings.getJsonObject("connections").put("other", other);
    try (Depot two = Depot.with(settings, folder)) {
      two.register();
      two.handshake(null);
      JsonObject foreign = forecast().put("group_id", "OTHER");
      Answer answer = get(two.partner().send(foreign));
      Answer unknown = get(two.partner().send(forecast().put("group_id", "NOBODYS")));

      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.body()).isEqualTo(unknown.body());
    }
  }

  @ParameterizedTest
  @Checklist("T-15")
  @ValueSource(strings = {"Basic %s", "Bearer %s", "Token ", "Token", "%s", "TokenX %s"})
  void otherSchemesAreRefused(String form) {
    String header = form.formatted(partner.token());

    assertRefused(401, forecastRequest().with("Authorization", header));
  }

  @ParameterizedTest
  @Checklist("T-16")
  @ValueSource(strings = {"token %s", "TOKEN %s", "Token  %s"})
  void theSchemeIsReadInAnyCaseAndWithMoreBlanks(String form) {
    String header = form.formatted(partner.token());

    assertThat(send(forecastRequest().with("Authorization", header)).status()).isEqualTo(204);
  }

  @Test
  @Checklist("T-17")
  void aRequestIdHasToBeThereAndInOrder() {
    assertRefused(400, forecastRequest().with("X-Request-ID", null));
    assertRefused(400, forecastRequest().with("X-Request-ID", ""));
    assertRefused(400, forecastRequest().with("X-Request-ID", "x".repeat(300)));
    assertRefused(400, forecastRequest().with("X-Request-ID", "a\u0007b"));
    assertRefused(400, forecastRequest().with("X-Correlation-ID", "a b"));
    String longest = "x".repeat(255);
    assertThat(send(forecastRequest().with("X-Request-ID", longest)).status()).isEqualTo(204);
  }

  @Test
  @Checklist("T-18")
  void theSameMessageTwiceHasOneEffect() {
    Request request = forecastRequest();

    assertThat(send(request).status()).isEqualTo(204);
    int submitted = depot.envelopes().submitted().size();
    assertThat(send(request).status()).isEqualTo(204);
    assertThat(depot.envelopes().submitted()).hasSize(submitted);
  }

  @Test
  @Checklist("T-19")
  void anotherBodyUnderTheSameIdIsRefusedAndTheFirstStays() {
    Request request = forecastRequest();
    assertThat(send(request).status()).isEqualTo(204);

    String other = request.body().replace("50", "70");
    assertRefused(400, withBody(request, other));
    assertThat(depot.watts()).hasValue(50_000);
  }

  @Test
  @Checklist("T-20")
  void namesOfHeadersAreReadInAnyCase() {
    Request usual = forecastRequest();
    Request lower =
        usual
            .with("X-Request-ID", null)
            .with("Authorization", null)
            .with("Content-Type", null)
            .with("x-request-id", usual.header("X-Request-ID").orElseThrow())
            .with("authorization", usual.header("Authorization").orElseThrow())
            .with("content-type", "application/json");

    assertThat(send(lower).status()).isEqualTo(204);
  }

  @Test
  @Checklist("T-21")
  void errorsSayWhatIsWrongAndShowNeitherTokenNorStackTrace() {
    JsonObject body = new JsonObject().put("token", "very-secret").put("version_url", "x");
    Answer answer = send(partner.request("PUT", "register", body));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(new JsonObject(answer.body()).getString("message")).contains("version_url");
    JsonObject wrong = new JsonObject().put("token", new JsonObject().put("t", "very-secret"));
    String second = send(partner.request("PUT", "register", wrong)).body();
    String third = send(withBody(forecastRequest(), "{\"token\": very-secret}")).body();
    assertThat(answer.body() + second + third)
        .doesNotContain("very-secret")
        .doesNotContain("\tat ")
        .doesNotContain("Exception");
  }
}
