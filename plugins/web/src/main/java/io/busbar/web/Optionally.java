package io.busbar.web;

import io.busbar.api.BusException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;

/** Questions to plugins that may not be there. */
final class Optionally {

  private Optionally() {}

  /** The reply, or something in its place where nobody answers. */
  static <T> Future<T> orElse(Future<T> reply, T otherwise) {
    return reply.recover(
        fault ->
            BusException.isAbsence(fault)
                ? Future.succeededFuture(otherwise)
                : Future.failedFuture(fault));
  }

  /** The reply; where nobody answers, nothing can be done for the time being. */
  static <T> Future<T> orUnavailable(Future<T> reply, String plugin) {
    return reply.recover(
        fault ->
            Future.failedFuture(
                BusException.isAbsence(fault)
                    ? new ApiError(
                            503, "UNAVAILABLE", "the %s plugin is not running".formatted(plugin))
                        .with("missing_inputs", new JsonArray())
                        .with("safe_action_taken", "nothing was changed")
                    : fault));
  }

  /** The reply; where nobody answers, there is no such thing. */
  static <T> Future<T> orNotFound(Future<T> reply, String what) {
    return reply.recover(
        fault ->
            BusException.isAbsence(fault)
                ? Future.failedFuture(ApiError.notFound(what))
                : Future.failedFuture(fault));
  }
}
