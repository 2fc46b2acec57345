package io.busbar.kernel;

/** Which Busbar this is. */
final class Version {

  private Version() {}

  /** As in the jar's manifest; {@code development} outside a jar. */
  static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
