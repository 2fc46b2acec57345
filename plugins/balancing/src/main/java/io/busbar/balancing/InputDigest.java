package io.busbar.balancing;

import io.busbar.api.field.Reading;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/** SHA-256 over everything a cycle decides on, in the order of the tree. */
final class InputDigest {

  private final MessageDigest digest;
  private final ByteBuffer buffer = ByteBuffer.allocate(4096);

  InputDigest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  String of(
      SiteTree tree,
      FieldState field,
      Ledger[] ledgers,
      VehicleMemory[] vehicles,
      Turns turns,
      Instant now) {
    put(tree.microgrid().version());
    put(now.toEpochMilli());
    for (int node = 1; node < tree.size(); node++) {
      Reading reading = field.newest(node).orElse(null);
      put(Double.doubleToLongBits(tree.limit(node)));
      put(reading == null ? Long.MIN_VALUE : reading.measuredAt().toEpochMilli());
      put(reading == null ? Long.MIN_VALUE : reading.powerWatts().orElse(Integer.MIN_VALUE));
    }
    for (SiteTree.Connector connector : tree.connectors()) {
      int i = connector.index();
      put(ledgers[i].allowed(now));
      put(ledgers[i].silent() ? 1 : 0);
      put(vehicles[i].request(connector.ratedWatts()));
      put(turns.rank(i, now));
      field
          .session(i)
          .ifPresent(
              session -> {
                put(session.sessionId());
                put(session.priority());
                put(Double.doubleToLongBits(session.weight()));
                put(session.vehicleMaxWatts().orElse(Integer.MIN_VALUE));
              });
    }
    flush();
    return HexFormat.of().formatHex(digest.digest());
  }

  private void put(UUID id) {
    put(id.getMostSignificantBits());
    put(id.getLeastSignificantBits());
  }

  private void put(long value) {
    if (buffer.remaining() < Long.BYTES) {
      flush();
    }
    buffer.putLong(value);
  }

  private void flush() {
    digest.update(buffer.array(), 0, buffer.position());
    buffer.clear();
  }
}
