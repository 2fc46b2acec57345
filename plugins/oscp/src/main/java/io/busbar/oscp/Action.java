package io.busbar.oscp;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a message is about: the last part of its path. */
enum Action {
  REGISTER("register", "register", List.of("POST", "PUT", "DELETE")),
  HANDSHAKE("handshake", "handshake", List.of("POST")),
  HANDSHAKE_ACKNOWLEDGE("handshake_acknowledge", "handshake", List.of("POST")),
  HEARTBEAT("heartbeat", "heartbeat", List.of("POST")),
  FORECAST("update_group_capacity_forecast", "group-capacity-forecast", List.of("POST")),
  ADJUST("adjust_group_capacity_forecast", "group-capacity-forecast", List.of()),
  COMPLIANCE_ERROR("group_capacity_compliance_error", "compliance-error", List.of()),
  GROUP_MEASUREMENTS("update_group_measurements", "group-measurements", List.of()),
  ASSET_MEASUREMENTS("update_asset_measurements", "asset-measurements", List.of());

  private final String path;
  private final String schema;
  private final List<String> served;

  Action(String path, String schema, List<String> served) {
    this.path = path;
    this.schema = schema;
    this.served = served;
  }

  String path() {
    return path;
  }

  /** Name of the schema of its body. */
  String schema() {
    return schema;
  }

  /** Methods that partners may call here; none for what only goes out. */
  List<String> served() {
    return served;
  }

  /** The one that partners may call by this path. */
  static Optional<Action> servedAt(String path) {
    return Arrays.stream(values())
        .filter(action -> !action.served.isEmpty() && action.path.equals(path))
        .findFirst();
  }

  static Optional<Action> named(String path) {
    return Arrays.stream(values()).filter(action -> action.path.equals(path)).findFirst();
  }
}
