package io.busbar.oscp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.documents.Document;
import io.busbar.documents.DocumentSchema;
import io.busbar.testkit.Verifies;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Verifies({"OS-01", "OS-06"})
class OscpConfigTest {

  private final DocumentSchema schema =
      DocumentSchema.load(getClass().getResource("/config.schema.json"));

  private static JsonObject profile(String name) throws Exception {
    try (var in = OscpConfigTest.class.getResourceAsStream("/profiles/" + name + ".json")) {
      return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private JsonNode rules() {
    return schema
        .definition()
        .at("/properties/connections/additionalProperties/properties/rules/properties");
  }

  @Test
  void theStandardProfileHasEveryRuleOfTheSchemaAndNoOther() throws Exception {
    assertThat(profile("standard").fieldNames())
        .containsExactlyInAnyOrderElementsOf(
            rules().properties().stream().map(java.util.Map.Entry::getKey).toList());
    for (JsonNode rule : rules()) {
      assertThat(rule.path("description").asText()).isNotBlank();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "vector"})
  void everyProfileIsInOrder(String name) throws Exception {
    JsonObject settings = Depot.settings(profile(name));

    assertThat(schema.check(Document.parse("oscp.yaml", settings.encode()))).isEmpty();
  }

  @Test
  void withoutSettingsThereIsNoConnectionAndEveryDefaultIsPinned() {
    OscpConfig config = OscpConfig.from(Depot.complete(new JsonObject()));

    assertThat(config.connections()).isEmpty();
    assertThat(config.secretKey()).isEmpty();
    assertThat(config.server())
        .isEqualTo(
            new OscpConfig.Server(
                "127.0.0.1", 9080, "", "/oscp/fp/2.0", false, "", "", "TLSv1.2", 1_048_576, 30));
  }

  @Test
  void theProfileOfVectorDiffersWhereItShould() {
    JsonObject settings = OauthFixture.settings();
    Depot.connection(settings, "grid").put("rules", new JsonObject().put("volts", 235));
    ConnectionConfig grid = OscpConfig.from(Depot.complete(settings)).connections().getFirst();

    assertThat(grid.profile().auth()).isEqualTo(Profile.Auth.OAUTH);
    assertThat(grid.profile().registration()).isFalse();
    assertThat(grid.profile().startsHandshake()).isTrue();
    assertThat(grid.profile().metering().message()).isEqualTo(Profile.Carrier.ASSET);
    assertThat(grid.profile().metering().period()).isEqualTo(Duration.ofMinutes(15));
    assertThat(grid.profile().forecasts().volts()).isEqualTo(235);
    assertThat(grid.group(Depot.GROUP).orElseThrow().microgridId()).isEqualTo(Depot.SITE);
  }

  @ParameterizedTest
  @CsvSource({
    "window_seconds, 901",
    "heartbeat_seconds, -1",
    "gap, nothing",
    "volts, 0",
    "unknown, 1"
  })
  void whatIsOutOfRangeIsNamed(String rule, String value) {
    Object given = value.matches("-?\\d+") ? (Object) Integer.valueOf(value) : value;
    JsonObject settings = Depot.settings(new JsonObject().put(rule, given));

    assertThat(schema.check(Document.parse("oscp.yaml", settings.encode()))).isNotEmpty();
  }

  @Test
  void aGroupThatIsThereTwiceIsRefused() {
    JsonObject settings = Depot.settings(new JsonObject());
    JsonArray groups = Depot.connection(settings, "grid").getJsonArray("groups");
    groups.add(groups.getJsonObject(0).copy());

    assertThatThrownBy(() -> OscpConfig.from(Depot.complete(settings)))
        .hasMessageContaining("DEPOT0042 is there twice");
  }
}
