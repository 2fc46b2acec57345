package io.busbar.api.balancing;

/** Whether a demand was measured or derived. */
public enum SourceMode {
  MEASURED,
  FALLBACK_DERIVED
}
