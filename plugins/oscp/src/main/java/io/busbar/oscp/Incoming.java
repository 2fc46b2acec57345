package io.busbar.oscp;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as it came in.
 *
 * @param remote address of the sender, without port
 * @param method HTTP method
 * @param path path of the request, undecoded
 * @param headers names in any case, each with its values joined by a comma
 * @param body text; empty for none
 */
record Incoming(
    String remote, String method, String path, Map<String, String> headers, byte[] body) {

  Incoming {
    Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(headers);
    headers = sorted;
    body = body.clone();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** Media type without parameters, in lower case; empty when there is none. */
  String mediaType() {
    return header("Content-Type").orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
