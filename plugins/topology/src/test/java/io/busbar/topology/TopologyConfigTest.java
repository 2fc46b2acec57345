package io.busbar.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.documents.Document;
import io.busbar.documents.DocumentSchema;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopologyConfigTest {

  private final DocumentSchema schema =
      DocumentSchema.load(getClass().getResource("/config.schema.json"));

  @Test
  void everyKeyHasADefaultATypeAndADescription() {
    JsonNode properties = schema.definition().get("properties");

    assertThat(properties.fieldNames()).toIterable().containsExactly("sites");
    for (JsonNode property : properties) {
      assertThat(property.has("default") && property.has("type")).isTrue();
      assertThat(property.path("description").asText()).isNotBlank();
    }
    assertThat(schema.definition().get("additionalProperties").asBoolean(true)).isFalse();
  }

  @Test
  void theDefaultsOfTheSchemaAreThoseOfTheCode() {
    JsonNode filled = schema.withDefaults(Document.parse("empty", "{}").root());

    assertThat(TopologyConfig.from(new JsonObject(filled.toString())))
        .isEqualTo(TopologyConfig.from(new JsonObject()))
        .isEqualTo(new TopologyConfig(List.of()));
  }

  @Test
  void everyKeyIsRead() {
    JsonObject config = JsonObject.of("sites", JsonArray.of("a.yaml", "b.yaml"));

    assertThat(schema.check(Document.parse("config", config.encode()))).isEmpty();
    assertThat(TopologyConfig.from(config))
        .isEqualTo(new TopologyConfig(List.of("a.yaml", "b.yaml")));
  }

  @Test
  void anUnknownKeyIsNamed() {
    assertThat(schema.check(Document.parse("config", "site: [a.yaml]")))
        .extracting(Object::toString)
        .containsExactly(
            "config:1: site: unknown key 'site', did you mean 'sites'? (known here: sites)"
                + " (SCHEMA)");
  }
}
