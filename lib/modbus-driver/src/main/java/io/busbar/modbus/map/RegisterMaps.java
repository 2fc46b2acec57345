package io.busbar.modbus.map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.busbar.api.Problem;
import io.busbar.documents.Document;
import io.busbar.documents.DocumentException;
import io.busbar.documents.DocumentSchema;
import io.busbar.wire.RecordJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Reads {@code registers.yaml}. */
public final class RegisterMaps {

  /** Value of the document's top-level key {@code format}. */
  public static final String FORMAT = "busbar-registers/1";

  private static final DocumentSchema SCHEMA =
      DocumentSchema.load(RegisterMaps.class.getResource("registers.schema.json"));
  private static final ObjectMapper MAPPER =
      ((JsonMapper) RecordJson.mapper())
          .rebuild()
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  private RegisterMaps() {}

  /**
   * Everything wrong with a text.
   *
   * @param name what messages call it
   */
  public static List<Problem> check(String name, String text) {
    Document document;
    try {
      document = Document.parse(name, text);
    } catch (DocumentException e) {
      return e.problems();
    }
    List<Problem> problems = SCHEMA.check(document);
    return problems.isEmpty() ? new MapCheck(document, read(document)).problems() : problems;
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException with everything that is wrong with it, a line each
   */
  public static RegisterMap parse(String name, String text) {
    List<Problem> problems = check(name, text);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }
    return read(Document.parse(name, text));
  }

  /**
   * Reads the {@code registers.yaml} beside a class.
   *
   * @throws IllegalArgumentException with everything that is wrong with it
   */
  public static RegisterMap beside(Class<?> type) {
    String name = "registers.yaml";
    try (InputStream stream = type.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalArgumentException("there is no " + name + " beside " + type.getName());
      }
      return parse(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  private static RegisterMap read(Document document) {
    JsonNode root = SCHEMA.withDefaults(document.root());
    String order = root.path("word_order").asText();
    for (JsonNode register : root.path("registers")) {
      complete((ObjectNode) register, order);
    }
    try {
      return MAPPER.treeToValue(root, RegisterMap.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          document.source() + ": " + e.getOriginalMessage() + ", though the schema allows it", e);
    }
  }

  /** What follows from other fields: length of numbers, word order, function of writes. */
  private static void complete(ObjectNode register, String order) {
    Register.Type type = MAPPER.convertValue(register.get("type"), Register.Type.class);
    if (!register.has("words")) {
      register.put("words", type.words());
    }
    if (!register.has("word_order")) {
      register.put("word_order", order);
    }
    if (!register.has("write")) {
      register.put("write", register.get("words").asInt() == 1 ? "single" : "multiple");
    }
  }
}
