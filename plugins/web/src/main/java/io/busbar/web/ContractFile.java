package io.busbar.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.busbar.documents.Document;
import io.busbar.wire.RecordJson;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** {@code openapi.yaml} as the router reads it. */
final class ContractFile {

  /** Described for people and clients, but unknown to the router's library, which refuses it. */
  private static final String EVENT_STREAM = "text/event-stream";

  private ContractFile() {}

  /** Reads the contract; to be called on a virtual thread. */
  static OpenAPIContract load(Vertx vertx) {
    try (InputStream in = ContractFile.class.getResourceAsStream("/openapi.yaml")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      JsonNode root = Document.parse("openapi.yaml", text).root().deepCopy();
      // our own tokens are checked before a body is read, earlier than the library would
      ((ObjectNode) root).remove("security");
      ((ObjectNode) root.path("components")).remove("securitySchemes");
      root.findParents(EVENT_STREAM).forEach(content -> ((ObjectNode) content).removeAll());
      root.findParents("content").stream()
          .filter(response -> response.path("content").isEmpty())
          .forEach(response -> ((ObjectNode) response).remove("content"));
      return OpenAPIContract.from(vertx, new JsonObject(RecordJson.encode(root))).await();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
