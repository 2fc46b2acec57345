package io.busbar.web;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Bearer tokens. {@code tokens.json} holds name, role and SHA-256 of each; {@code admin.token}
 * holds the engineer token that the first start makes, readable by its owner alone.
 */
final class Tokens {

  private static final int TOKEN_BYTES = 24;
  private static final int LEAST_LENGTH = 16;
  private static final int HASH_BYTES = 32;

  private record Entry(String name, Role role, byte[] hash) {}

  private final List<Entry> entries;
  private final String adminToken;

  private Tokens(List<Entry> entries, String adminToken) {
    this.entries = entries;
    this.adminToken = adminToken;
  }

  /**
   * Reads the tokens of a data folder, and makes the first one where there is none.
   *
   * @throws IllegalStateException if a file is there but cannot be used, naming it and what was
   *     expected
   */
  static Tokens open(Path data) {
    try {
      Path admin = data.resolve("admin.token");
      if (!Files.exists(admin)) {
        writePrivate(admin, newToken() + "\n");
      }
      String token = Files.readString(admin).strip();
      if (token.length() < LEAST_LENGTH) {
        throw new IllegalStateException(
            "%s: expected a token of at least %d characters; delete it to get a new one"
                .formatted(admin, LEAST_LENGTH));
      }
      List<Entry> entries = new ArrayList<>();
      entries.add(new Entry("admin", Role.ENGINEER, hash(token)));
      entries.addAll(others(data.resolve("tokens.json")));
      return new Tokens(entries, token);
    } catch (IOException e) {
      throw new IllegalStateException("tokens in " + data + " cannot be read: " + e, e);
    }
  }

  private static List<Entry> others(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    List<Entry> entries = new ArrayList<>();
    try {
      JsonArray list = new JsonArray(Files.readString(file));
      for (int i = 0; i < list.size(); i++) {
        entries.add(entry(list.getJsonObject(i)));
      }
      return entries;
    } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "%s, entry %d: expected {\"name\": …, \"role\": viewer, operator or engineer, \"sha256\": 64 hex digits}"
              .formatted(file, entries.size() + 1),
          e);
    }
  }

  private static Entry entry(JsonObject json) {
    String name = json.getString("name", "");
    byte[] hash = HexFormat.of().parseHex(json.getString("sha256", ""));
    if (name.isBlank() || hash.length != HASH_BYTES) {
      throw new IllegalArgumentException("name or hash is missing");
    }
    Role role = Role.valueOf(json.getString("role", "").toUpperCase(Locale.ROOT));
    return new Entry(name, role, hash);
  }

  private static void writePrivate(Path file, String text) throws IOException {
    Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rw-------");
    FileAttribute<Set<PosixFilePermission>> mode = PosixFilePermissions.asFileAttribute(owner);
    Path part = Files.createTempFile(file.getParent(), "admin", ".part", mode);
    Files.writeString(part, text);
    Files.move(part, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  private static String newToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The engineer token of this installation. */
  String adminToken() {
    return adminToken;
  }

  /** Whose token it is; takes the same time whether it is nearly right or not at all. */
  Optional<Principal> find(String token) {
    byte[] presented = hash(token);
    Optional<Principal> found = Optional.empty();
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(presented, entry.hash())) {
        found = Optional.of(new Principal(entry.name(), entry.role()));
      }
    }
    return found;
  }

  static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
