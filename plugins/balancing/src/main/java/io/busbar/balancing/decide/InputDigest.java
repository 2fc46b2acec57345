package io.busbar.balancing.decide;

import io.busbar.api.topology.LineAmps;
import io.busbar.balancing.decide.Snapshot.ConnectorInput;
import io.busbar.balancing.decide.Snapshot.MeterInput;
import io.busbar.balancing.decide.Snapshot.Ramp;
import io.busbar.balancing.decide.Snapshot.SourceInput;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/**
 * SHA-256 of everything a decision depends on: site, version of its tree, and the snapshot's values
 * in the order of the tree, each as eight bytes. The settings have a digest of their own, the
 * policy version.
 */
public final class InputDigest {

  private static final int BUFFER = 8192;

  private final MessageDigest sha256;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

  public InputDigest() {
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The digest in hexadecimal. */
  public String of(SiteTree tree, Snapshot snapshot) {
    put(tree.microgridId());
    put(tree.version());
    put(snapshot.at());
    snapshot.connectors().forEach(this::put);
    snapshot.meters().forEach(this::put);
    snapshot.sources().forEach(this::put);
    snapshot.ramps().forEach(this::put);
    flush();
    return HexFormat.of().formatHex(sha256.digest());
  }

  private void put(ConnectorInput input) {
    put((input.awaited() ? 2 : 0) + (input.answering() ? 1 : 0));
    put(input.drawWatts());
    put(input.bookedWatts());
    put(input.wantWatts());
    put(input.heldWatts());
    put(Double.doubleToLongBits(input.weight()));
    put(input.priority());
    put(input.standing().kind().ordinal());
    put(input.standing().since());
    put(input.standing().had().toMillis());
    put(input.need().since());
    put(input.need().departure().orElse(Instant.MIN));
    put(input.need().remainingWattHours().orElse(-1));
    put(input.drawnSince());
  }

  private void put(MeterInput input) {
    put((input.awaited() ? 2 : 0) + (input.heard() ? 1 : 0));
    put(input.measuredAt());
    put(input.powerWatts());
    put(input.sameSince());
    put(input.amps().isPresent() ? 1 : 0);
    input.amps().ifPresent(this::put);
    put(input.memory());
  }

  private void put(LineAmps amps) {
    put(Double.doubleToLongBits(amps.l1()));
    put(Double.doubleToLongBits(amps.l2()));
    put(Double.doubleToLongBits(amps.l3()));
  }

  private void put(MeterMemory memory) {
    put(memory.lastGoodWatts());
    put(memory.goodAt());
    put(memory.assumedWatts().orElse(Integer.MIN_VALUE));
    put(memory.rise().watts());
    put(memory.rise().at());
    put(memory.doubtedAt().orElse(Instant.MIN));
  }

  private void put(SourceInput input) {
    put(input.heard() ? 1 : 0);
    put(input.measuredAt());
    put(input.powerWatts());
    put(input.sameSince());
    put(input.memory());
  }

  private void put(Ramp ramp) {
    put(ramp.at());
    put(ramp.ceilingWatts());
  }

  private void put(Instant instant) {
    put(instant.getEpochSecond());
    put(instant.getNano());
  }

  private void put(UUID id) {
    put(id.getMostSignificantBits());
    put(id.getLeastSignificantBits());
  }

  private void put(long value) {
    if (!buffer.hasRemaining()) {
      flush();
    }
    buffer.putLong(value);
  }

  private void flush() {
    sha256.update(buffer.array(), 0, buffer.position());
    buffer.clear();
  }
}
