package io.busbar.envelope;

import io.busbar.api.envelope.EnvelopeSource;
import io.busbar.api.envelope.EnvelopeSource.Health;
import io.busbar.api.envelope.GapPolicy;
import io.busbar.api.envelope.ReportSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What a sign of life, and the lack of one, makes of a source. */
final class Source {

  private Source() {}

  /** One that was never heard of. */
  static EnvelopeSource unheard(
      UUID microgridId, UUID controlPointId, Duration staleAfter, GapPolicy gapPolicy) {
    return new EnvelopeSource(
        controlPointId, microgridId, Health.STALE, Optional.empty(), staleAfter, gapPolicy);
  }

  /** How it is at an instant, whatever was noticed so far. */
  static Health health(EnvelopeSource source, Instant at) {
    if (source.health() == Health.OFFLINE) {
      return Health.OFFLINE;
    }
    boolean alive = staleAt(source).filter(at::isBefore).isPresent();
    return alive ? Health.ONLINE : Health.STALE;
  }

  /** When it becomes stale unless it is heard again; empty when it never was heard. */
  static Optional<Instant> staleAt(EnvelopeSource source) {
    return source.lastSeenAt().map(seen -> seen.plus(source.staleAfter()));
  }

  /** The same after a report; an older sign of life than the last one changes nothing. */
  static EnvelopeSource reported(EnvelopeSource source, ReportSource report) {
    Duration staleAfter = report.staleAfter().orElse(source.staleAfter());
    GapPolicy gapPolicy = report.gapPolicy().orElse(source.gapPolicy());
    boolean older = source.lastSeenAt().filter(report.at()::isBefore).isPresent();
    if (older) {
      return with(source, source.health(), source.lastSeenAt(), staleAfter, gapPolicy);
    }
    return report.online()
        ? with(source, Health.ONLINE, Optional.of(report.at()), staleAfter, gapPolicy)
        : with(source, Health.OFFLINE, source.lastSeenAt(), staleAfter, gapPolicy);
  }

  /** The same after it submitted something. */
  static EnvelopeSource seen(EnvelopeSource source, Instant at) {
    boolean newer = source.lastSeenAt().filter(seen -> !seen.isBefore(at)).isEmpty();
    Optional<Instant> last = newer ? Optional.of(at) : source.lastSeenAt();
    return with(source, Health.ONLINE, last, source.staleAfter(), source.gapPolicy());
  }

  /** The same, noticed to be stale. */
  static EnvelopeSource stale(EnvelopeSource source) {
    return with(source, Health.STALE, source.lastSeenAt(), source.staleAfter(), source.gapPolicy());
  }

  private static EnvelopeSource with(
      EnvelopeSource source,
      Health health,
      Optional<Instant> lastSeenAt,
      Duration staleAfter,
      GapPolicy gapPolicy) {
    return new EnvelopeSource(
        source.controlPointId(), source.microgridId(), health, lastSeenAt, staleAfter, gapPolicy);
  }
}
