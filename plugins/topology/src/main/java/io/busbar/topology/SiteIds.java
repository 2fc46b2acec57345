package io.busbar.topology;

import io.busbar.topology.Site.Ref;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Ids derived from the names in a site file: the same file gives the same ids on every machine and
 * after every import.
 */
final class SiteIds {

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final UUID depotId;

  SiteIds(String depot) {
    this.depotId =
        UUID_TEXT.matcher(depot).matches() ? UUID.fromString(depot) : named("depot", depot);
  }

  UUID depotId() {
    return depotId;
  }

  UUID microgridId() {
    return named(depotId, "microgrid");
  }

  UUID assetId(Ref ref) {
    return named(depotId, "asset", ref.kind(), ref.id());
  }

  UUID nodeId(Ref ref) {
    return named(depotId, "node", ref.kind(), ref.id());
  }

  /** Another identity in the place of one that is taken. */
  static UUID otherThan(UUID taken) {
    return named(taken, "other");
  }

  static UUID limitId(UUID nodeId, Object constraintType, Object sourceType) {
    return named(nodeId, "limit", constraintType, sourceType);
  }

  /** Identity of the event that something reached a version. */
  static UUID eventId(UUID changed, long version) {
    return named(changed, "updated", version);
  }

  private static UUID named(Object... parts) {
    StringBuilder name = new StringBuilder("busbar");
    for (Object part : parts) {
      name.append('\n').append(part);
    }
    return UUID.nameUUIDFromBytes(name.toString().getBytes(StandardCharsets.UTF_8));
  }
}
