package io.busbar.oscp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Secrets of connections: those of the settings, and those that took their place. */
final class Vault {

  static final String INITIAL_TOKEN = "initial_token";
  static final String OUTBOUND_TOKEN = "outbound_token";
  static final String CLIENT_SECRET = "client_secret";
  static final String HEADER = "header:";

  private final SecretBox box;
  private final Map<String, String> replaced = new ConcurrentHashMap<>();

  Vault(SecretBox box) {
    this.box = box;
  }

  void load(List<Change.PutSecret> stored) {
    stored.forEach(this::put);
  }

  void put(Change.PutSecret secret) {
    replaced.put(key(secret.connectionId(), secret.name()), secret.sealed());
  }

  private static String key(String connectionId, String name) {
    return connectionId + "/" + name;
  }

  /** A secret; what the settings say unless it was replaced. */
  Optional<String> secret(String connectionId, String name, Optional<String> ofSettings) {
    String sealed = replaced.get(key(connectionId, name));
    return sealed == null ? ofSettings : Optional.of(box.open(sealed));
  }

  /** Signs bearer tokens of our own token endpoint. */
  byte[] signingKey() {
    return box.derived("bearer tokens");
  }

  String seal(String text) {
    return box.seal(text);
  }

  String open(String sealed) {
    return box.open(sealed);
  }
}
