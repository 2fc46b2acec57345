package io.busbar.oscpstandin;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Requests and answers, however they travel. */
public interface Exchange {

  /**
   * A request.
   *
   * @param method HTTP method
   * @param action last part of the path
   * @param headers names in any case
   * @param body empty for none
   */
  record Request(String method, String action, Map<String, String> headers, String body) {

    public Request {
      Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      sorted.putAll(headers);
      headers = sorted;
    }

    /** Value of a header; empty when it is not there. */
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }

    /** The same with another value of a header, or without the header when there is none. */
    public Request with(String name, String value) {
      Map<String, String> next = new TreeMap<>(headers);
      next.keySet().removeIf(name::equalsIgnoreCase);
      if (value != null) {
        next.put(name, value);
      }
      return new Request(method, action, next, body);
    }
  }

  /**
   * An answer.
   *
   * @param status HTTP status
   * @param headers names in any case
   * @param body empty for none
   */
  record Answer(int status, Map<String, String> headers, String body) {

    public Answer {
      Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      sorted.putAll(headers);
      headers = sorted;
    }

    /** Without headers and body. */
    public static Answer of(int status) {
      return new Answer(status, Map.of(), "");
    }
  }

  /** Sends to the flexibility provider; fails when there is no answer. */
  Future<Answer> send(Request request);
}
