package io.busbar.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The product as a user starts it, with one control point to report about. */
final class BusbarProcess implements AutoCloseable {

  final int mqttPort;
  final String url;
  final String token;
  String site;
  String point;
  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();

  private BusbarProcess(Process process, int port, int mqttPort, String token) {
    this.process = process;
    this.mqttPort = mqttPort;
    this.url = "http://127.0.0.1:" + port;
    this.token = token;
  }

  static BusbarProcess start(Path data) throws IOException, InterruptedException {
    int port = freePort();
    int mqttPort = freePort();
    Process process =
        new ProcessBuilder(
                "./busbar",
                "demo",
                "--port",
                "" + port,
                "--data",
                data.toString(),
                "--set",
                "capability.mqtt.port=" + mqttPort,
                "--set",
                "web.requests_per_minute=1000000")
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("bench.log").toFile())
            .start();
    Path token = data.resolve("admin.token");
    await(() -> Files.exists(token), process);
    BusbarProcess busbar =
        new BusbarProcess(process, port, mqttPort, Files.readString(token).strip());
    await(busbar::isReady, process);
    busbar.site = busbar.find("/api/depots", null, "microgrid_id");
    String draft =
        "{\"capability_type\": \"DER\", \"state\": \"enabled\", \"control_source\": \"EXTERNAL\","
            + " \"external_config_type\": \"BENCH\"}";
    busbar.point =
        busbar.find("/api/microgrid/" + busbar.site + "/control-points", draft, "control_point_id");
    return busbar;
  }

  private interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  private static void await(Condition condition, Process process)
      throws IOException, InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > until || !process.isAlive()) {
        throw new IllegalStateException("Busbar did not start; see bench.log in its data folder");
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      return send("/health/ready", null).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  HttpResponse<String> send(String path, String body) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json");
    if (body != null) {
      request.POST(HttpRequest.BodyPublishers.ofString(body));
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private String find(String path, String body, String field)
      throws IOException, InterruptedException {
    String json = send(path, body).body();
    Matcher match = Pattern.compile("\"" + field + "\":\"([^\"]+)\"").matcher(json);
    if (!match.find()) {
      throw new IllegalStateException(path + " has no " + field + ": " + json);
    }
    return match.group(1);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
