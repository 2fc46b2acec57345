package io.busbar.testkit;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A certificate for 127.0.0.1 that its own key signed.
 *
 * @param chain PEM file
 * @param key PEM file
 */
public record Certificate(Path chain, Path key) {

  private static final String PASSWORD = "changeit";

  /** Makes one in a folder. */
  public static Certificate make(Path folder, String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String command =
        "%s -genkeypair -alias k -keyalg RSA -dname CN=%s -ext san=ip:127.0.0.1 -validity 2"
                .formatted(keytool, name)
            + " -storetype PKCS12 -storepass %s -keystore %s".formatted(PASSWORD, store);
    int exit = new ProcessBuilder(command.split(" ")).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new AssertionError("keytool failed");
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return new Certificate(
        pem(folder.resolve(name + ".crt"), "CERTIFICATE", keys.getCertificate("k").getEncoded()),
        pem(
            folder.resolve(name + ".key"),
            "PRIVATE KEY",
            keys.getKey("k", PASSWORD.toCharArray()).getEncoded()));
  }

  private static Path pem(Path file, String what, byte[] bytes) throws Exception {
    byte[] newline = "\n".getBytes(StandardCharsets.US_ASCII);
    String body = Base64.getMimeEncoder(64, newline).encodeToString(bytes);
    return Files.writeString(
        file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, body, what));
  }
}
