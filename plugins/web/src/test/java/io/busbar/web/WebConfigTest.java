package io.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.documents.Document;
import io.busbar.documents.DocumentSchema;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebConfigTest {

  private final DocumentSchema schema =
      DocumentSchema.load(getClass().getResource("/config.schema.json"));

  @Test
  void everyKeyHasADefaultATypeAndADescription() {
    JsonNode properties = schema.definition().get("properties");

    assertThat(properties.fieldNames())
        .toIterable()
        .containsExactly("host", "port", "max_body_bytes", "requests_per_minute", "history_events");
    for (JsonNode property : properties) {
      assertThat(property.has("default") && property.has("type")).isTrue();
      assertThat(property.path("description").asText()).isNotBlank();
    }
    assertThat(schema.definition().get("additionalProperties").asBoolean(true)).isFalse();
  }

  @Test
  void everyDefaultIsPinned() {
    JsonNode filled = schema.withDefaults(Document.parse("empty", "{}").root());

    assertThat(WebConfig.from(new JsonObject(filled.toString())))
        .isEqualTo(new WebConfig("127.0.0.1", 8080, 8_388_608, 3_000, 500));
  }

  @Test
  void everyKeyIsRead() {
    String text =
        """
        host: 0.0.0.0
        port: 1
        max_body_bytes: 1024
        requests_per_minute: 2
        history_events: 0
        """;
    Document document = Document.parse("web.yaml", text);

    assertThat(schema.check(document)).isEmpty();
    assertThat(WebConfig.from(new JsonObject(document.root().toString())))
        .isEqualTo(new WebConfig("0.0.0.0", 1, 1024, 2, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "port, 65536",
    "port, many",
    "max_body_bytes, 10",
    "requests_per_minute, 0",
    "history_events, -1"
  })
  void whatIsOutOfRangeIsNamed(String key, String value) {
    assertThat(schema.check(Document.parse("web.yaml", key + ": " + value)))
        .singleElement()
        .extracting(Object::toString)
        .asString()
        .startsWith("web.yaml:1: " + key + ": ");
  }
}
