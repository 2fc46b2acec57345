package io.busbar.documents;

import java.util.regex.Pattern;

/** JSON pointers (RFC 6901) as plain strings, and the way a person would write them. */
final class JsonPointers {

  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]*");

  private JsonPointers() {}

  static String child(String pointer, String key) {
    return pointer + '/' + key.replace("~", "~0").replace("/", "~1");
  }

  static String child(String pointer, int index) {
    return pointer + '/' + index;
  }

  /** The pointer of what contains it; the root contains itself. */
  static String parent(String pointer) {
    int slash = pointer.lastIndexOf('/');
    return slash < 0 ? "" : pointer.substring(0, slash);
  }

  /** {@code /circuits/2/parent} as {@code circuits[2].parent}. */
  static String path(String pointer) {
    if (pointer.isEmpty()) {
      return "";
    }
    StringBuilder path = new StringBuilder();
    for (String step : pointer.substring(1).split("/", -1)) {
      if (INDEX.matcher(step).matches()) {
        path.append('[').append(step).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.replace("~1", "/").replace("~0", "~"));
      }
    }
    return path.toString();
  }
}
