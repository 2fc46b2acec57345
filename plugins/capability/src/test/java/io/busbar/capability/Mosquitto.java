package io.busbar.capability;

import static org.junit.jupiter.api.Assumptions.abort;

import io.busbar.testkit.Certificate;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real broker, and a reporter that publishes to it. */
final class Mosquitto implements AutoCloseable {

  private final Path folder;
  final int port;
  private Process process;

  private Mosquitto(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Starts one; skips the test loudly where there is none, and fails it with CI=true. */
  static Mosquitto start(Path folder) throws IOException {
    return start(folder, "allow_anonymous true");
  }

  /** The same, encrypted, for one user with a password. */
  static Mosquitto startSecured(Path folder, Certificate certificate, String user, String password)
      throws Exception {
    Path passwords = folder.resolve("passwords");
    Process hashed =
        new ProcessBuilder(
                program("mosquitto_passwd"), "-b", "-c", passwords.toString(), user, password)
            .inheritIO()
            .start();
    if (hashed.waitFor() != 0) {
      throw new AssertionError("mosquitto_passwd failed");
    }
    return start(
        folder,
        """
        allow_anonymous false
        password_file %s
        certfile %s
        keyfile %s
        """
            .formatted(passwords, certificate.chain(), certificate.key()));
  }

  private static Mosquitto start(Path folder, String doors) throws IOException {
    Mosquitto broker = new Mosquitto(folder, freePort());
    Files.writeString(
        folder.resolve("mosquitto.conf"),
        """
        user root
        persistence false
        max_queued_messages 100000
        listener %d 127.0.0.1
        %s
        """
            .formatted(broker.port, doors));
    broker.start();
    return broker;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  void start() throws IOException {
    process =
        new ProcessBuilder(program("mosquitto"), "-c", folder.resolve("mosquitto.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mosquitto.log").toFile())
            .start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .ignoreExceptions()
        .until(
            () -> {
              new java.net.Socket("127.0.0.1", port).close();
              return true;
            });
  }

  private static String program(String name) {
    Optional<String> found =
        Stream.concat(
                Stream.of("/usr/sbin", "/usr/local/sbin", "/usr/bin"),
                List.of(System.getenv("PATH").split(":")).stream())
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .map(Path::toString)
            .findFirst();
    if (found.isEmpty()) {
      String message = name + " is missing; install mosquitto to run this test";
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(message);
      }
      System.err.println("SKIPPED: " + message);
      abort(message);
    }
    return found.get();
  }

  /** Connects a reporter. */
  static MqttClient reporter(Vertx vertx, int port, String user, String password) {
    MqttClientOptions options = new MqttClientOptions().setMaxInflightQueue(1_000);
    options.setMaxMessageSize(4 << 20);
    if (user != null) {
      options.setUsername(user).setPassword(password);
    }
    MqttClient client = MqttClient.create(vertx, options);
    Depot.get(client.connect(port, "127.0.0.1"));
    return client;
  }

  /** Publishes with QoS 1. */
  static void publish(MqttClient client, String topic, Buffer payload) {
    Depot.get(client.publish(topic, payload, MqttQoS.AT_LEAST_ONCE, false, false));
  }

  void stop() {
    process.destroy();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    stop();
  }
}
