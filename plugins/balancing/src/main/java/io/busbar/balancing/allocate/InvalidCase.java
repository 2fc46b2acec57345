package io.busbar.balancing.allocate;

/** What is wrong with a case, where, and what was expected. */
final class InvalidCase extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidCase(String message) {
    super(message);
  }

  static InvalidCase at(int line, String path, String problem) {
    return new InvalidCase("line " + line + ": " + path + ": " + problem);
  }
}
