package io.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.busbar.api.Health.Status;
import io.busbar.api.audit.AuditAddresses;
import io.busbar.api.audit.AuditEvent;
import io.busbar.api.audit.AuditPage;
import io.busbar.api.audit.AuditPlace;
import io.busbar.api.audit.GetAudit;
import io.busbar.api.kernel.HealthReport;
import io.busbar.api.kernel.KernelAddresses;
import io.busbar.api.topology.ImportReply;
import io.busbar.api.topology.Microgrid;
import io.busbar.api.topology.SiteList;
import io.busbar.api.topology.TopologyAddresses;
import io.busbar.testkit.PluginHarness;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door over real HTTP, while nobody else is there but the test. */
class WebPluginTest {

  private static final String SITES = "/api/depots";
  private static final String NOWHERE = "/api/microgrid/00000000-0000-0000-0000-000000000001";

  @TempDir private Path data;

  private static void answerSites(Door door) {
    door.bus().answer(TopologyAddresses.LIST_SITES, question -> new SiteList(List.of()));
  }

  @Test
  void nobodyEntersWithoutAToken() {
    try (Door door = new Door(data)) {
      HttpResponse<String> none = door.send(door.plain(SITES));
      HttpResponse<String> wrong =
          door.send(door.plain(SITES).header("Authorization", "Bearer rubbish"));

      assertThat(none.statusCode()).isEqualTo(401);
      assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer");
      assertThat(none.body()).contains("no token; send the header Authorization");
      assertThat(wrong.statusCode()).isEqualTo(401);
      assertThat(wrong.body()).contains("the token is not valid");
    }
  }

  @Test
  void aViewerReadsAndChangesNothing() throws IOException {
    Files.writeString(
        data.resolve("tokens.json"),
        "[{\"name\": \"dana\", \"role\": \"viewer\", \"sha256\": \"%s\"}]"
            .formatted(HexFormat.of().formatHex(Tokens.hash("danas-token"))));
    try (Door door = new Door(data)) {
      answerSites(door);
      String dana = "Bearer danas-token";

      assertThat(door.send(door.plain(SITES).header("Authorization", dana)).statusCode())
          .isEqualTo(200);
      HttpResponse<String> refused =
          door.send(
              door.plain(NOWHERE + "/rebalance")
                  .header("Authorization", dana)
                  .POST(BodyPublishers.noBody()));
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("dana is viewer; this needs operator");
    }
  }

  @Test
  void whoAsksTooOftenIsToldWhenToComeAgain() {
    try (Door door = new Door(data, new JsonObject().put("requests_per_minute", 3))) {
      answerSites(door);
      List<Integer> statuses =
          IntStream.range(0, 3).mapToObj(i -> door.get(SITES).statusCode()).toList();
      HttpResponse<String> tooMany = door.get(SITES);

      assertThat(statuses).containsExactly(200, 200, 200);
      assertThat(tooMany.statusCode()).isEqualTo(429);
      assertThat(tooMany.headers().firstValue("Retry-After")).contains("20");

      door.context().clock().leapSeconds(20);
      assertThat(door.get(SITES).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aMicrogridThatNobodyKnowsIsNotFoundAndOneThatNobodyAnswersForIsUnavailable() {
    try (Door door = new Door(data)) {
      assertThat(door.get(NOWHERE + "/status").statusCode()).isEqualTo(503);
      AtomicReference<SiteList> known = new AtomicReference<>(new SiteList(List.of()));
      door.bus().answer(TopologyAddresses.LIST_SITES, question -> known.get());

      assertThat(door.get(NOWHERE + "/status").statusCode()).isEqualTo(404);

      UUID id = UUID.fromString(NOWHERE.substring(NOWHERE.lastIndexOf('/') + 1));
      known.set(new SiteList(List.of(new Microgrid(id, id, "Nowhere", "UTC", 1))));
      assertThat(door.get(NOWHERE + "/status").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void aPluginThatFailsIsUnavailable() {
    try (Door door = new Door(data)) {
      door.bus()
          .answerLater(
              TopologyAddresses.LIST_SITES, question -> Future.failedFuture("out of order"));

      HttpResponse<String> failed = door.get(SITES);

      assertThat(failed.statusCode()).isEqualTo(503);
      assertThat(new JsonObject(failed.body()).getString("safe_action_taken"))
          .isEqualTo("nothing was changed");
    }
  }

  @Test
  void otherMethodsAreRefusedWithThoseThatAreThere() {
    try (Door door = new Door(data)) {
      HttpResponse<String> refused = door.send(door.request(SITES).DELETE());

      assertThat(refused.statusCode()).isEqualTo(405);
      assertThat(refused.headers().firstValue("Allow")).contains("GET");
      assertThat(refused.body()).contains("not with this method; expected GET");
    }
  }

  @Test
  void whatBreaksTheContractIsSaidWhereItDoes() {
    try (Door door = new Door(data)) {
      HttpResponse<String> negative =
          door.post(
              NOWHERE + "/node-limits",
              "application/json",
              """
              {"constraint_type": "NET_CAP", "limit_watts": -1, "source_type": "MANUAL",
               "status": "ACTIVE"}
              """);
      HttpResponse<String> parameter = door.get(NOWHERE + "/topology?version=abc");
      HttpResponse<String> cut = door.post(NOWHERE + "/topology", "application/json", "{");

      assertThat(negative.statusCode()).isEqualTo(400);
      assertThat(new JsonObject(negative.body()).getJsonArray("details"))
          .containsExactly(JsonObject.of("path", "#/limit_watts", "problem", "-1 is less than 0"));
      assertThat(parameter.statusCode()).isEqualTo(400);
      assertThat(parameter.body()).contains("query parameter version");
      assertThat(cut.statusCode()).isEqualTo(400);
      assertThat(cut.body()).contains("Unexpected end-of-input");
    }
  }

  @Test
  void whatCouldBeReadTwoWaysOrNotBeStoredIsRefusedWithItsPlace() {
    try (Door door = new Door(data)) {
      for (String[] bad :
          new String[][] {
            {"{\"version\": 1, \"version\": 2, \"mode\": \"PATCH\"}", "Duplicate field"},
            {"{\"version\": 4294967297, \"mode\": \"PATCH\"}", "4294967297"},
            {"{\"version\": 1, \"mode\": \"PATCH\"} {}", "Trailing"},
            {"{\"version\": 1e999, \"mode\": \"PATCH\"}", "too large"},
            {"{\"version\": 1, \"mode\": \"P\\u0000\"}", "/mode"},
            {"{\"version\": 1, \"mode\": \"P\\ud800\"}", "/mode"},
            {"{\"a\":".repeat(100) + "1" + "}".repeat(100), "nesting depth"},
          }) {
        HttpResponse<String> refused = door.post(NOWHERE + "/topology", "application/json", bad[0]);

        assertThat(refused.statusCode()).as(bad[0]).isEqualTo(400);
        assertThat(refused.body()).contains(bad[1]);
      }
      HttpResponse<String> bytes =
          door.send(
              door.request(NOWHERE + "/topology")
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofByteArray(new byte[] {'{', (byte) 0xff, '}'})));
      assertThat(bytes.body()).contains("expected UTF-8");
    }
  }

  @Test
  void aCorrelationIdIsShortAndPrintable() {
    try (Door door = new Door(data)) {
      for (String bad : new String[] {"x".repeat(201), "caf\u00e9"}) {
        HttpResponse<String> refused =
            door.send(
                door.request(NOWHERE + "/rebalance")
                    .header("X-Correlation-Id", bad)
                    .POST(BodyPublishers.noBody()));

        assertThat(refused.statusCode()).as(bad).isEqualTo(400);
        assertThat(refused.body()).contains("X-Correlation-Id", "printable ASCII");
      }
    }
  }

  @Test
  void whatIsTooLargeIsRefused() {
    try (Door door = new Door(data)) {
      HttpResponse<String> tooLarge =
          door.send(door.request("/api/depot/x").PUT(BodyPublishers.ofString("x".repeat(5_000))));

      assertThat(tooLarge.statusCode()).isEqualTo(413);
      assertThat(Door.reason(tooLarge)).isEqualTo("TOO_LARGE");
    }
  }

  @Test
  void aSiteMayComeAsYaml() {
    try (Door door = new Door(data)) {
      UUID depot = UUID.randomUUID();
      door.bus()
          .answer(
              TopologyAddresses.IMPORT_SITE,
              site ->
                  new ImportReply.Imported(
                      depot, depot, 1, true, List.of(), List.of(), site.text().length()));

      HttpResponse<String> imported =
          door.send(
              door.request("/api/depot/" + depot)
                  .header("Content-Type", "application/yaml")
                  .PUT(BodyPublishers.ofString("format: busbar-site/1\n")));

      assertThat(imported.statusCode()).as(imported.body()).isEqualTo(200);
      assertThat(door.bus().asked(TopologyAddresses.IMPORT_SITE))
          .singleElement()
          .satisfies(
              question -> {
                assertThat(question.text()).isEqualTo("format: busbar-site/1\n");
                assertThat(question.actor()).isEqualTo("admin");
              });
    }
  }

  @Test
  void theAuditOfAllPluginsIsOneListPageByPage() {
    try (Door door = new Door(data)) {
      List<AuditEvent> all =
          IntStream.range(0, 7).mapToObj(i -> event(door, i)).toList().reversed();
      door.bus().answer(KernelAddresses.HEALTH, query -> report(door, "a", "b", "mute"));
      answerAudit(door, "a", all.stream().filter(e -> e.actor().equals("a")).toList());
      answerAudit(door, "b", all.stream().filter(e -> e.actor().equals("b")).toList());

      JsonObject first = new JsonObject(door.get("/api/audit?limit=4").body());
      String cursor = first.getString("next_cursor");
      JsonObject second = new JsonObject(door.get("/api/audit?limit=4&cursor=" + cursor).body());

      assertThat(ids(first, second)).isEqualTo(all.stream().map(AuditEvent::eventId).toList());
      assertThat(second.getString("next_cursor")).isNull();
      assertThat(door.get("/api/audit?cursor=rubbish").statusCode()).isEqualTo(400);
    }
  }

  @Test
  void anAuditThatWouldLackTheEventsOfAPluginIsNotShown() {
    try (Door door = new Door(data)) {
      HealthReport down =
          new HealthReport(
              Status.DOWN,
              false,
              "test",
              door.context().clock().instant(),
              List.of(new HealthReport.Component("plugin:a", Status.DOWN, "hangs", null)));
      door.bus().answer(KernelAddresses.HEALTH, query -> down);

      HttpResponse<String> refused = door.get("/api/audit");

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("the audit of a cannot be read now");
    }
  }

  private static AuditEvent event(Door door, int number) {
    return new AuditEvent(
        new UUID(0, number),
        door.context().clock().instant().plusSeconds(number / 2),
        number % 3 == 0 ? "a" : "b",
        "test",
        "c" + number,
        "topic",
        Optional.empty(),
        java.util.Map.of());
  }

  private static void answerAudit(Door door, String plugin, List<AuditEvent> events) {
    door.bus().answer(AuditAddresses.PAGE.at(plugin), question -> page(question, events));
  }

  private static AuditPage page(GetAudit question, List<AuditEvent> events) {
    Optional<AuditPlace> before = question.before();
    return new AuditPage(
        events.stream()
            .filter(e -> before.isEmpty() || e.place().compareTo(before.get()) < 0)
            .limit(question.limit())
            .toList());
  }

  private static HealthReport report(Door door, String... plugins) {
    return new HealthReport(
        Status.UP,
        true,
        "test",
        door.context().clock().instant(),
        java.util.stream.Stream.of(plugins)
            .map(id -> new HealthReport.Component("plugin:" + id, Status.UP, "", null))
            .toList());
  }

  private static List<UUID> ids(JsonObject... pages) {
    return java.util.stream.Stream.of(pages)
        .map(page -> page.getJsonArray("events"))
        .flatMap(JsonArray::stream)
        .map(event -> UUID.fromString(((JsonObject) event).getString("event_id")))
        .toList();
  }

  @Test
  void aPortInUseIsNamed() throws IOException {
    try (Door door = new Door(data)) {
      JsonObject taken = door.context().config().copy();
      assertThatThrownBy(
              () ->
                  PluginHarness.start(
                      new WebPlugin(),
                      io.busbar.testkit.FakeContext.of("web", taken, door.context().dataFolder())))
          .hasMessageContaining("127.0.0.1:" + door.port() + " is in use by another program");
    }
  }
}
