package io.busbar.oscpstandin;

import io.busbar.oscpstandin.Exchange.Answer;
import io.busbar.oscpstandin.Exchange.Request;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A capacity provider that does what it is told: sends what a script says, records everything it
 * receives in order, answers 204 unless told otherwise. Safe to use from several threads.
 */
public final class CapacityProvider {

  private final String baseUrl;
  private final Supplier<Instant> clock;
  private final Exchange provider;
  private final List<Request> received = new ArrayList<>();
  private final Map<String, Deque<Function<Request, Future<Answer>>>> scripts = new HashMap<>();
  private Function<Request, Future<Answer>> usual = request -> answered(204);
  private Consumer<Request> listener = request -> {};
  private String scheme = "Token";
  private String token = "";
  private Duration skew = Duration.ZERO;
  private int sequence;
  private String idPrefix = "cp-";

  /**
   * A capacity provider.
   *
   * @param baseUrl where it is reached, as it tells
   * @param clock its clock
   * @param provider the way to the flexibility provider
   */
  public CapacityProvider(String baseUrl, Supplier<Instant> clock, Exchange provider) {
    this.baseUrl = baseUrl;
    this.clock = clock;
    this.provider = provider;
  }

  /** What it shows from now on when it calls. */
  public synchronized CapacityProvider shows(String newScheme, String newToken) {
    scheme = newScheme;
    token = newToken;
    return this;
  }

  /** Its clock differs by so much. */
  public synchronized void skew(Duration by) {
    skew = by;
  }

  /** Ids of its messages begin so. */
  public synchronized void idPrefix(String prefix) {
    idPrefix = prefix;
  }

  private static Future<Answer> answered(int status) {
    return Future.succeededFuture(Answer.of(status));
  }

  /** The next requests of an action are answered with these, later ones as usual. */
  public synchronized void next(String action, int... statuses) {
    for (int status : statuses) {
      next(action, request -> answered(status));
    }
  }

  /** The next request of an action is answered so. */
  public synchronized void next(String action, Function<Request, Future<Answer>> answer) {
    scripts.computeIfAbsent(action, none -> new ArrayDeque<>()).add(answer);
  }

  /** Everything without a script of its own is answered so from now on. */
  public synchronized void usually(Function<Request, Future<Answer>> answer) {
    usual = answer;
  }

  /** Everything without a script of its own is answered with this status from now on. */
  public synchronized void usually(int status) {
    usual = request -> answered(status);
  }

  /** Hears of every request before it is answered. */
  public synchronized void listen(Consumer<Request> hearer) {
    listener = hearer;
  }

  /** The flexibility provider calls. */
  public Future<Answer> take(Request request) {
    Function<Request, Future<Answer>> answer;
    Consumer<Request> hearer;
    synchronized (this) {
      received.add(request);
      Deque<Function<Request, Future<Answer>>> script = scripts.get(request.action());
      answer = script == null || script.isEmpty() ? usual : script.poll();
      hearer = listener;
      if (request.action().equals("register") && !request.method().equals("DELETE")) {
        token = new JsonObject(request.body()).getString("token", token);
      }
    }
    hearer.accept(request);
    return answer.apply(request);
  }

  /** Everything received so far, in order. */
  public synchronized List<Request> received() {
    return List.copyOf(received);
  }

  /** Everything received of an action, in order. */
  public synchronized List<Request> received(String action) {
    return received.stream().filter(request -> request.action().equals(action)).toList();
  }

  public synchronized void forget() {
    received.clear();
  }

  /** The token it shows now: that of the last register it received. */
  public synchronized String token() {
    return token;
  }

  /** A request ready to be sent, with all headers. */
  public synchronized Request request(String method, String action, JsonObject body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", scheme + " " + token);
    headers.put("X-Request-ID", idPrefix + ++sequence);
    if (body != null) {
      headers.put("Content-Type", "application/json");
    }
    return new Request(method, action, headers, body == null ? "" : body.encode());
  }

  public Future<Answer> send(Request request) {
    return provider.send(request);
  }

  private Future<Answer> post(String action, JsonObject body) {
    return send(request("POST", action, body));
  }

  /** Body of a register that offers versions. */
  public JsonObject registration(String newToken, String... versions) {
    JsonArray offered = new JsonArray();
    for (String version : versions) {
      String url = version.equals("2.0") ? baseUrl : baseUrl + "-" + version;
      offered.add(new JsonObject().put("version", version).put("base_url", url));
    }
    return new JsonObject().put("token", newToken).put("version_url", offered);
  }

  public Future<Answer> register(String newToken) {
    return post("register", registration(newToken, "2.0"));
  }

  /** Body of a handshake. */
  public static JsonObject wishes(Double heartbeatSeconds, String... measurements) {
    JsonObject wanted = new JsonObject();
    if (heartbeatSeconds != null) {
      wanted.put("heartbeat_interval", heartbeatSeconds);
    }
    JsonArray kinds = new JsonArray();
    for (String kind : measurements) {
      kinds.add(kind);
    }
    wanted.put("measurement_configuration", kinds);
    return new JsonObject().put("required_behaviour", wanted);
  }

  public Future<Answer> handshake(Double heartbeatSeconds, String... measurements) {
    return post("handshake", wishes(heartbeatSeconds, measurements));
  }

  /** Answers a handshake of the flexibility provider. */
  public Future<Answer> acknowledge(String handshakeId, JsonObject body) {
    return send(
        request("POST", "handshake_acknowledge", body).with("X-Correlation-ID", handshakeId));
  }

  public Future<Answer> heartbeat(Duration ahead) {
    Instant until = now().plus(ahead).truncatedTo(ChronoUnit.MILLIS);
    return post("heartbeat", new JsonObject().put("offline_mode_at", until.toString()));
  }

  /** The time as its clock shows it. */
  public synchronized Instant now() {
    return clock.get().plus(skew);
  }

  /** One block in kilowatts for all phases. */
  public static JsonObject block(Instant from, Instant to, Object kilowatts) {
    return block(from.toString(), to.toString(), kilowatts, "ALL", "KW");
  }

  public static JsonObject block(
      String from, String to, Object capacity, String phase, String unit) {
    return new JsonObject()
        .put("capacity", capacity)
        .put("phase", phase)
        .put("unit", unit)
        .put("start_time", from)
        .put("end_time", to);
  }

  /** Body of a forecast. */
  public static JsonObject forecast(String group, String type, JsonObject... blocks) {
    JsonArray all = new JsonArray();
    for (JsonObject block : blocks) {
      all.add(block);
    }
    return new JsonObject().put("group_id", group).put("type", type).put("forecasted_blocks", all);
  }

  public Future<Answer> send(JsonObject forecast) {
    return post("update_group_capacity_forecast", forecast);
  }

  /** The last request of an action, if there was one. */
  public synchronized Optional<Request> last(String action) {
    List<Request> all = received(action);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }
}
