package io.busbar.api.topology;

import java.util.Map;
import java.util.UUID;

/** Reply to {@link GetSite}. */
public sealed interface SiteReply {

  /**
   * The site.
   *
   * @param microgrid its microgrid
   * @param assets the document as imported, as nested maps, lists, strings, numbers and booleans
   */
  record Found(Microgrid microgrid, Map<String, Object> assets) implements SiteReply {
    public Found {
      assets = Map.copyOf(assets);
    }
  }

  /** No such depot. */
  record NotFound(UUID depotId) implements SiteReply {}
}
