package io.busbar.oscp;

import io.vertx.core.Future;
import java.util.Map;

/** The way to partners. */
interface Wire {

  /** Sends a request; fails when there is no answer. Never follows a redirection. */
  Future<Answer> send(Call call);

  /**
   * A request.
   *
   * @param method HTTP method
   * @param url absolute URL
   * @param headers in the order in which they are sent
   * @param body empty for none
   */
  record Call(String method, String url, Map<String, String> headers, String body) {}

  /**
   * An answer.
   *
   * @param status HTTP status
   * @param headers names in lower case
   * @param body empty for none
   */
  record Answer(int status, Map<String, String> headers, String body) {}
}
