package io.busbar.web;

import io.busbar.api.BusException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorErrorType;
import io.vertx.openapi.validation.ValidatorException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever went wrong into the error that the contract describes. */
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  static void answer(RoutingContext request) {
    if (request.response().ended() || request.response().headWritten()) {
      return;
    }
    ApiError error = error(request);
    request
        .response()
        .setStatusCode(error.status())
        .putHeader("Content-Type", "application/json")
        .end(error.body().encode());
  }

  private static ApiError error(RoutingContext request) {
    Throwable failure = request.failure();
    if (failure instanceof HttpException wrapped && wrapped.getCause() != null) {
      failure = wrapped.getCause();
    }
    return switch (failure) {
      case ApiError error -> error;
      case ValidatorException invalid
          when invalid.type() == ValidatorErrorType.UNSUPPORTED_VALUE_FORMAT ->
          unsupported();
      case ValidatorException invalid -> invalid(invalid);
      case BusException fault ->
          unavailable(fault, request.request().method().equals(HttpMethod.GET));
      case IllegalArgumentException bad ->
          new ApiError(400, "BAD_REQUEST", String.valueOf(bad.getMessage()));
      case null -> byStatus(request);
      default ->
          request.statusCode() >= 400 && request.statusCode() < 500
              ? byStatus(request)
              : fault(request, failure);
    };
  }

  private static ApiError invalid(ValidatorException invalid) {
    JsonArray details = new JsonArray();
    errors(invalid).stream()
        .filter(unit -> !unit.getError().endsWith(" schema")) // what is wrong in there is said too
        .map(
            unit ->
                new JsonObject()
                    .put("path", String.valueOf(unit.getInstanceLocation()))
                    .put("problem", unit.getError()))
        .distinct()
        .forEach(details::add);
    if (details.isEmpty()) {
      details.add(new JsonObject().put("path", "").put("problem", invalid.getMessage()));
    }
    return new ApiError(
            400, "BAD_REQUEST", "the request does not follow the contract: " + where(invalid))
        .with("details", details);
  }

  /** The reasons are said in detail. */
  private static String where(ValidatorException invalid) {
    return invalid.getMessage().replaceFirst("(?s)\\.? Reason:.*", "");
  }

  private static List<OutputUnit> errors(ValidatorException invalid) {
    boolean located =
        invalid instanceof SchemaValidationException schema
            && schema.getOutputUnit() != null
            && schema.getOutputUnit().getErrors() != null;
    return located ? ((SchemaValidationException) invalid).getOutputUnit().getErrors() : List.of();
  }

  /** A change that got no reply may have been committed before the connection broke. */
  private static ApiError unavailable(BusException fault, boolean reading) {
    boolean untouched = reading || BusException.isAbsence(fault);
    return new ApiError(503, "UNAVAILABLE", "could not be done now: " + fault.getMessage())
        .with("missing_inputs", new JsonArray())
        .with(
            "safe_action_taken",
            untouched
                ? "nothing was changed"
                : "none is known; it may be done all the same, so look before asking again");
  }

  private static ApiError byStatus(RoutingContext request) {
    return switch (request.statusCode()) {
      case 405 ->
          new ApiError(
              405,
              "METHOD_NOT_ALLOWED",
              "not with this method; expected " + request.response().headers().get("Allow"));
      case 413 -> new ApiError(413, "TOO_LARGE", "the body is larger than this door takes");
      case 415 -> unsupported();
      case 400 -> new ApiError(400, "BAD_REQUEST", "the request cannot be read");
      default -> ApiError.notFound("there is nothing at " + request.normalizedPath());
    };
  }

  private static ApiError unsupported() {
    return new ApiError(
        415, "UNSUPPORTED_MEDIA_TYPE", "expected a body with Content-Type: application/json");
  }

  private static ApiError fault(RoutingContext request, Throwable failure) {
    LOG.error("{} {} failed", request.request().method(), request.normalizedPath(), failure);
    return new ApiError(500, "FAULT", "a fault of the program; the log says more");
  }
}
