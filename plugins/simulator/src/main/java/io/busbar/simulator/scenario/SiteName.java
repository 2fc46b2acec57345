package io.busbar.simulator.scenario;

import io.busbar.documents.Document;

/** The name that a site document gives its depot. */
final class SiteName {

  private SiteName() {}

  /** The name, or the depot's id where it has none; empty for a document that is no site. */
  static String of(String text) {
    var depot = Document.parse("site", text).root().path("depot");
    return depot.path("name").asText(depot.path("id").asText(""));
  }
}
