package io.busbar.web;

import io.vertx.core.json.JsonObject;

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
