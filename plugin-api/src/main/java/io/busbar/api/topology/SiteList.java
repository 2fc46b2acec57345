package io.busbar.api.topology;

import java.util.List;

/** All sites, ordered by name. */
public record SiteList(List<Microgrid> sites) {
  public SiteList {
    sites = List.copyOf(sites);
  }
}
