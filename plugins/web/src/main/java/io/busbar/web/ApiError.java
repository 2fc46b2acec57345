package io.busbar.web;

import io.busbar.api.topology.Violation;
import io.busbar.wire.RecordJson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** An answer other than 200, with everything a client needs to know. */
final class ApiError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient JsonObject body;

  ApiError(int status, String reasonCode, String message) {
    super(message, null, false, false);
    this.status = status;
    this.body = new JsonObject().put("reason_code", reasonCode).put("message", message);
  }

  /** Rules of the domain that a change would break, at least one. */
  static ApiError violated(String reasonCode, List<Violation> violations) {
    Violation first = violations.getFirst();
    JsonArray details = new JsonArray();
    violations.forEach(violation -> details.add(new JsonObject(RecordJson.encode(violation))));
    return new ApiError(422, reasonCode, first.message())
        .with("violated_rule", first.rule())
        .with("details", details);
  }

  /** Adds a further field. */
  ApiError with(String field, Object value) {
    body.put(field, value);
    return this;
  }

  int status() {
    return status;
  }

  JsonObject body() {
    return body;
  }

  static ApiError notFound(String what) {
    return new ApiError(404, "NOT_FOUND", what);
  }
}
