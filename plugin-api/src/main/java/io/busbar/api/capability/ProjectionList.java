package io.busbar.api.capability;

import java.util.List;

/** Latest statuses, ordered by control point. */
public record ProjectionList(List<StatusProjection> statuses) {
  public ProjectionList {
    statuses = List.copyOf(statuses);
  }
}
