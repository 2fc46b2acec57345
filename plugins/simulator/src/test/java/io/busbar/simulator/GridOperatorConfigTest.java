package io.busbar.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.documents.Document;
import io.busbar.documents.DocumentSchema;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GridOperatorConfigTest {

  private static Optional<GridOperatorConfig> read(String yaml) {
    DocumentSchema schema =
        DocumentSchema.load(GridOperatorConfigTest.class.getResource("/config.schema.json"));
    Document document = Document.parse("simulator.yaml", yaml);
    assertThat(schema.check(document)).isEmpty();
    JsonNode filled = schema.withDefaults(document.root());
    return GridOperatorConfig.from(new JsonObject(filled.toString()));
  }

  @Test
  void nobodyIsPlayedWhereNobodyIsAskedFor() {
    assertThat(read("{}")).isEmpty();
  }

  @Test
  void everyDefaultIsPinnedAndEveryKeyIsRead() {
    assertThat(read("{grid_operator: {provider_url: u, token: t, group_id: g}}"))
        .hasValue(new GridOperatorConfig(9180, "u", "t", "g", 100_000, 50_000));
    assertThat(
            read(
                """
                grid_operator:
                  { port: 1, provider_url: u, token: t, group_id: g, high_watts: 2, low_watts: 3 }
                """))
        .hasValue(new GridOperatorConfig(1, "u", "t", "g", 2, 3));
  }
}
