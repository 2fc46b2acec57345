package io.busbar.oscp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.busbar.oscp.Message.Segment;
import io.busbar.wire.StrictJson;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What every request has to keep, whatever it is about: path, method, credentials, form. */
final class Gate {

  private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,255}");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  private final OscpConfig.Server server;
  private final Keyring keyring;
  private final BearerCheck bearers;
  private final Throttle throttle;
  private final Function<String, Optional<Profile>> profiles;

  /**
   * The gate.
   *
   * @param profiles rules by connection
   */
  Gate(
      OscpConfig.Server server,
      Keyring keyring,
      BearerCheck bearers,
      Throttle throttle,
      Function<String, Optional<Profile>> profiles) {
    this.server = server;
    this.keyring = keyring;
    this.bearers = bearers;
    this.throttle = throttle;
    this.profiles = profiles;
  }

  /** Which action a request is about. */
  Action action(Incoming request) {
    String base = server.basePath() + "/";
    Action action =
        Optional.of(request.path())
            .filter(path -> path.startsWith(base))
            .map(path -> path.substring(base.length()))
            .flatMap(Action::servedAt)
            .orElseThrow(() -> new Refusal(404, "unknown path"));
    if (!action.served().contains(request.method())) {
      throw new Refusal(
          405,
          "method %s is not known here".formatted(request.method()),
          Map.of("Allow", String.join(", ", action.served())));
    }
    return action;
  }

  static Refusal unauthorized(String message, boolean bearer) {
    return new Refusal(
        401,
        message,
        Map.of("WWW-Authenticate", bearer ? "Bearer error=\"invalid_token\"" : "Token"));
  }

  /** Who calls; fails with a refusal. */
  Future<Caller> caller(Incoming request, Duration elapsed) {
    if (throttle.holds(request.remote(), elapsed)) {
      return Future.failedFuture(
          new Refusal(429, "too many wrong credentials", Map.of("Retry-After", "60")));
    }
    return known(request)
        .compose(
            caller -> {
              if (caller.isPresent()) {
                return Future.succeededFuture(caller.get());
              }
              throttle.failed(request.remote(), elapsed);
              boolean bearer = scheme(request).equals("bearer");
              return Future.failedFuture(unauthorized("missing or wrong credentials", bearer));
            });
  }

  private Future<Optional<Caller>> known(Incoming request) {
    String token = credentials(request);
    return switch (scheme(request)) {
      case "token" ->
          Future.succeededFuture(token.isEmpty() ? Optional.empty() : keyring.find(token));
      case "bearer" -> bearers.caller(token);
      default -> Future.succeededFuture(Optional.empty());
    };
  }

  private static String scheme(Incoming request) {
    return request.header("Authorization").orElse("").split(" ", 2)[0].toLowerCase(Locale.ROOT);
  }

  private static String credentials(Incoming request) {
    String[] parts = request.header("Authorization").orElse("").split(" ", 2);
    return parts.length < 2 ? "" : parts[1].strip();
  }

  /** The message of a known caller; throws refusals. */
  Message message(Action action, Caller caller, Incoming request) {
    boolean empty = request.body().length == 0;
    boolean bodyWanted = !request.method().equals("DELETE");
    if (!empty && !request.mediaType().equals("application/json")) {
      throw new Refusal(415, "Content-Type: expected application/json");
    }
    String requestId = id(request, "X-Request-ID");
    Optional<String> correlationId =
        request.header("X-Correlation-ID").map(given -> id(request, "X-Correlation-ID"));
    Optional<Segment> segment = segment(request);
    if (bodyWanted && empty) {
      throw Refusal.badRequest("the body is empty");
    }
    JsonNode body = bodyWanted ? body(action, caller, request) : MissingNode.getInstance();
    return new Message(
        action,
        request.method(),
        caller,
        requestId,
        correlationId,
        action == Action.FORECAST ? segment : Optional.empty(),
        body,
        Tokens.digest(request.body()));
  }

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  private static String id(Incoming request, String header) {
    return request
        .header(header)
        .filter(Gate::isId)
        .orElseThrow(
            () -> Refusal.badRequest(header + ": expected 1 to 255 visible ASCII characters"));
  }

  /** A message of one part is like one without parts. */
  private static Optional<Segment> segment(Incoming request) {
    Optional<String> index = request.header("X-Segment-Index");
    Optional<String> count = request.header("X-Segment-Count");
    if (index.isEmpty() && count.isEmpty()) {
      return Optional.empty();
    }
    int number = number("X-Segment-Index", index);
    int of = number("X-Segment-Count", count);
    if (number > of) {
      throw Refusal.badRequest("X-Segment-Index is more than X-Segment-Count");
    }
    return of == 1 ? Optional.empty() : Optional.of(new Segment(number, of));
  }

  private static int number(String header, Optional<String> given) {
    return given
        .filter(text -> NUMBER.matcher(text).matches())
        .map(Integer::valueOf)
        .filter(number -> number > 0)
        .orElseThrow(() -> Refusal.badRequest(header + ": expected a whole number from 1 on"));
  }

  private JsonNode body(Action action, Caller caller, Incoming request) {
    JsonNode body = json(request.body());
    if (!body.isObject()) {
      throw Refusal.badRequest("the body is no JSON object");
    }
    boolean texts =
        profiles.apply(caller.connectionId()).filter(p -> p.leniency().textNumbers()).isPresent();
    JsonNode read = texts && action == Action.FORECAST ? ForecastMessage.withNumbers(body) : body;
    Schemas.problem(action, read)
        .ifPresent(
            problem -> {
              throw Refusal.badRequest(problem);
            });
    StrictJson.unstorable(read)
        .ifPresent(
            place -> {
              throw Refusal.badRequest(place + ": a text with characters that cannot be stored");
            });
    return read;
  }

  private static JsonNode json(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return StrictJson.parse(text);
    } catch (CharacterCodingException e) {
      throw Refusal.badRequest("the body is no UTF-8");
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("the body is no JSON in order" + place(e));
    }
  }

  /** Where it went wrong, without what was written there. */
  private static String place(IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    int line = message.lastIndexOf(", line ");
    boolean twice = message.startsWith("Duplicate field");
    return (twice ? ": a name is there twice" : "") + (line < 0 ? "" : message.substring(line));
  }
}
