package io.busbar.api.topology;

import java.util.List;

/** Control points of a microgrid, ordered by id. */
public record ControlPointList(List<ControlPoint> controlPoints) {
  public ControlPointList {
    controlPoints = List.copyOf(controlPoints);
  }
}
