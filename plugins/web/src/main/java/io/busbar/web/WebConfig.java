package io.busbar.web;

import io.vertx.core.json.JsonObject;

/**
 * Settings of the HTTP door; see {@code config.schema.json}.
 *
 * @param host address to listen on
 * @param port TCP port, 0 for any free one
 * @param maxBodyBytes largest request body
 * @param requestsPerMinute most requests of one principal
 * @param historyEvents how many events a live stream can resume from
 */
record WebConfig(
    String host, int port, int maxBodyBytes, int requestsPerMinute, int historyEvents) {

  static WebConfig from(JsonObject json) {
    return new WebConfig(
        json.getString("host"),
        json.getInteger("port"),
        json.getInteger("max_body_bytes"),
        json.getInteger("requests_per_minute"),
        json.getInteger("history_events"));
  }
}
