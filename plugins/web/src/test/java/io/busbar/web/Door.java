package io.busbar.web;

import io.busbar.testkit.FakeContext;
import io.busbar.testkit.PluginHarness;
import io.busbar.testkit.RecordingBus;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The web plugin on a port of its own; the test plays all others and sends real requests. */
final class Door implements AutoCloseable {

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path data;
  private final FakeContext context;
  private final PluginHarness harness;
  private final int port;

  Door(Path data) {
    this(data, new JsonObject());
  }

  /** Opens it with settings other than the usual. */
  Door(Path data, JsonObject settings) {
    this.data = data;
    this.port = freePort();
    JsonObject config =
        new JsonObject()
            .put("host", "127.0.0.1")
            .put("port", port)
            .put("max_body_bytes", 4096)
            .put("requests_per_minute", 1_000)
            .put("history_events", 3)
            .mergeIn(settings);
    this.context = FakeContext.of("web", config, folder(data));
    this.harness = PluginHarness.start(new WebPlugin(), context);
  }

  private static Path folder(Path data) {
    try {
      return Files.createDirectories(data.resolve("plugins/web"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RecordingBus bus() {
    return context.bus();
  }

  FakeContext context() {
    return context;
  }

  int port() {
    return port;
  }

  String adminToken() {
    try {
      return Files.readString(data.resolve("admin.token")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A request without any header. */
  HttpRequest.Builder plain(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(20));
  }

  /** A request of the engineer. */
  HttpRequest.Builder request(String path) {
    return plain(path).header("Authorization", "Bearer " + adminToken());
  }

  HttpResponse<String> get(String path) {
    return send(request(path));
  }

  HttpResponse<String> post(String path, String type, String body) {
    return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  static String reason(HttpResponse<String> response) {
    return new JsonObject(response.body()).getString("reason_code");
  }

  @Override
  public void close() {
    client.close();
    harness.close();
  }
}
