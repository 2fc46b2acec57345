package io.busbar.web;

import io.busbar.wire.RecordJson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Bodies as records. The contract has checked them; what it cannot say is named here. */
final class Body {

  private Body() {}

  static <T> T read(JsonObject body, Class<T> type) {
    try {
      return RecordJson.decode(body.encode(), type);
    } catch (IllegalArgumentException e) {
      JsonObject detail = new JsonObject().put("path", "").put("problem", e.getMessage());
      throw new ApiError(400, "BAD_REQUEST", "the body cannot be read: " + e.getMessage())
          .with("details", new JsonArray().add(detail));
    }
  }
}
