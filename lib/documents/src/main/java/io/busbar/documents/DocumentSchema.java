package io.busbar.documents;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.busbar.api.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A JSON Schema (2020-12) that documents are checked against. References may point inside the
 * schema only; nothing is ever fetched.
 */
public final class DocumentSchema {

  private final JsonNode definition;
  private final JsonSchema validator;

  private DocumentSchema(JsonNode definition) {
    this.definition = definition;
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder()
            .pathType(PathType.JSON_POINTER)
            .locale(Locale.ROOT)
            .formatAssertionsEnabled(true)
            .build();
    this.validator =
        JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(definition, config);
  }

  /**
   * Loads a schema from a resource.
   *
   * @throws UncheckedIOException if it cannot be read or is no JSON
   */
  public static DocumentSchema load(URL resource) {
    try (InputStream stream = resource.openStream()) {
      return load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the schema " + resource, e);
    }
  }

  /**
   * Loads a schema from a stream and leaves it open.
   *
   * @throws UncheckedIOException if it cannot be read or is no JSON
   */
  public static DocumentSchema load(InputStream stream) {
    try {
      return new DocumentSchema(new ObjectMapper().readTree(stream));
    } catch (JacksonException e) {
      throw new UncheckedIOException("the schema is no JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the schema", e);
    }
  }

  /** The schema itself; not to be changed. */
  public JsonNode definition() {
    return definition;
  }

  /** Everything the schema does not allow, in the order of the text; empty when all is well. */
  public List<Problem> check(Document document) {
    SchemaMessages messages = new SchemaMessages(definition);
    return validator.validate(document.root()).stream()
        .flatMap(violation -> Stream.ofNullable(messages.problem(document, violation)))
        .distinct()
        .sorted(Comparator.comparingInt(Problem::line))
        .toList();
  }

  /**
   * The same for a value that was read elsewhere and has no lines.
   *
   * @param source what messages call it
   */
  public List<Problem> check(String source, JsonNode value) {
    return check(new Document(source, value, Map.of()));
  }

  /**
   * A copy with the schema's {@code default} wherever a key is absent, through {@code properties},
   * {@code items} and {@code $ref}. An absent object is made up only where the schema gives it a
   * default of its own, such as {@code {}}.
   */
  public JsonNode withDefaults(JsonNode value) {
    return new SchemaDefaults(definition).fill(value.deepCopy(), definition);
  }
}
