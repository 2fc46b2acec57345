package io.busbar.api.envelope;

import java.util.List;

/** Sources, ordered by control point. */
public record SourceList(List<EnvelopeSource> sources) {
  public SourceList {
    sources = List.copyOf(sources);
  }
}
