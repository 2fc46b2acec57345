package io.busbar.oscp;

import io.busbar.oscp.ConnectionConfig.GroupBinding;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Settings of the plugin; {@code config.schema.json} describes them.
 *
 * @param server the door for partners
 * @param secretKey passphrase of stored secrets; empty for a key of its own in the data folder
 * @param connections one for each partner, ordered by id
 */
record OscpConfig(Server server, Optional<String> secretKey, List<ConnectionConfig> connections) {

  /**
   * The door for partners.
   *
   * @param host address to listen on
   * @param port TCP port; 0 for any that is free
   * @param publicUrl base URL that partners are told; empty for the one of host and port
   * @param basePath path below which the operations are
   * @param tls whether connections are encrypted
   * @param certificateFile PEM file of the certificate chain
   * @param keyFile PEM file of the private key
   * @param minimumTls least TLS version, such as {@code TLSv1.2}
   * @param maxBodyBytes larger bodies are refused
   * @param failuresPerMinute how often an address may show wrong credentials
   */
  record Server(
      String host,
      int port,
      String publicUrl,
      String basePath,
      boolean tls,
      String certificateFile,
      String keyFile,
      String minimumTls,
      int maxBodyBytes,
      int failuresPerMinute) {}

  @Override
  public String toString() {
    return "%s:%d, %s".formatted(server.host(), server.port(), connections);
  }

  /** Takes settings that were checked against the schema, with its defaults filled in. */
  static OscpConfig from(JsonObject json) {
    List<ConnectionConfig> connections = new ArrayList<>();
    JsonObject byId = json.getJsonObject("connections", new JsonObject());
    for (String id : new TreeMap<>(byId.getMap()).keySet()) {
      connections.add(connection(id, byId.getJsonObject(id)));
    }
    return new OscpConfig(
        server(json.getJsonObject("server", new JsonObject())),
        text(json, "secret_key"),
        List.copyOf(connections));
  }

  private static Server server(JsonObject json) {
    return new Server(
        json.getString("host", "127.0.0.1"),
        json.getInteger("port", 9080),
        json.getString("public_url", ""),
        json.getString("base_path", "/oscp/fp/2.0"),
        json.getBoolean("tls", false),
        json.getString("certificate_file", ""),
        json.getString("key_file", ""),
        json.getString("minimum_tls", "TLSv1.2"),
        json.getInteger("max_body_bytes", 1_048_576),
        json.getInteger("failures_per_minute", 30));
  }

  private static ConnectionConfig connection(String id, JsonObject json) {
    return new ConnectionConfig(
        id,
        json.getString("name", id),
        profile(json),
        text(json, "partner_url"),
        text(json, "initial_token"),
        text(json, "outbound_token"),
        json.getBoolean("initiate", false),
        Set.copyOf(texts(json.getJsonArray("allowed_hosts", new JsonArray()))),
        StaticHeaders.checked(id, json.getJsonObject("headers", new JsonObject())),
        paths(json.getJsonObject("paths", new JsonObject())),
        Optional.ofNullable(json.getJsonObject("inbound_oauth")).map(OscpConfig::inbound),
        Optional.ofNullable(json.getJsonObject("outbound_oauth")).map(OscpConfig::outbound),
        groups(id, json.getJsonArray("groups", new JsonArray())));
  }

  /** What the profile says, and over it what the settings of the connection say. */
  private static Profile profile(JsonObject json) {
    String name = json.getString("profile", "standard");
    JsonObject rules = resource("standard");
    if (!name.equals("standard")) {
      rules.mergeIn(resource(name));
    }
    rules.mergeIn(json.getJsonObject("rules", new JsonObject()));
    return Profile.from(name, rules);
  }

  private static JsonObject resource(String profile) {
    try (InputStream in = OscpConfig.class.getResourceAsStream("/profiles/" + profile + ".json")) {
      if (in == null) {
        throw new IllegalArgumentException("there is no profile '%s'".formatted(profile));
      }
      return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<Action, String> paths(JsonObject json) {
    Map<Action, String> paths = new EnumMap<>(Action.class);
    for (String action : json.fieldNames()) {
      Action known =
          Action.named(action)
              .orElseThrow(
                  () -> new IllegalArgumentException("paths: there is no action " + action));
      paths.put(known, json.getString(action));
    }
    return paths;
  }

  private static ConnectionConfig.Inbound inbound(JsonObject json) {
    return new ConnectionConfig.Inbound(
        json.getString("issuer", ""),
        json.getString("audience", ""),
        json.getString("subject", ""),
        text(json, "keys_url"),
        text(json, "client_secret"));
  }

  private static ConnectionConfig.Outbound outbound(JsonObject json) {
    return new ConnectionConfig.Outbound(
        json.getString("token_url", ""),
        json.getString("client_id", ""),
        json.getString("client_secret", ""),
        text(json, "scope"),
        text(json, "audience"),
        json.getString("client_authentication", "basic").equals("basic"),
        json.getBoolean("headers_on_token_calls", true));
  }

  private static List<GroupBinding> groups(String connection, JsonArray array) {
    List<GroupBinding> groups = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < array.size(); i++) {
      JsonObject json = array.getJsonObject(i);
      String group = json.getString("group_id");
      if (!names.add(group)) {
        throw new IllegalArgumentException(
            "connections.%s.groups: %s is there twice".formatted(connection, group));
      }
      groups.add(
          new GroupBinding(
              group,
              UUID.fromString(json.getString("microgrid_id")),
              UUID.fromString(json.getString("node_id")),
              text(json, "control_point_id").map(UUID::fromString),
              json.getString("asset_id", group)));
    }
    return List.copyOf(groups);
  }

  private static Optional<String> text(JsonObject json, String key) {
    return Optional.ofNullable(json.getString(key)).filter(value -> !value.isEmpty());
  }

  private static List<String> texts(JsonArray array) {
    return array.stream().map(String::valueOf).toList();
  }
}
