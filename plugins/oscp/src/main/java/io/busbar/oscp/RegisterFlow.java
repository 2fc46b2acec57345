package io.busbar.oscp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.busbar.api.oscp.ConnectionStage;
import io.busbar.oscp.LinkState.Credentials;
import io.busbar.oscp.LinkState.Deadlines;
import io.busbar.oscp.LinkState.Progress;
import io.busbar.oscp.LinkState.Registering;
import io.busbar.oscp.LinkState.Wishes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The exchange of tokens: the partner's way of it, ours, changes and the end. */
final class RegisterFlow {

  static final String VERSION = "2.0";
  private static final String ALARM = "register";
  private static final String DEADLINE = "register deadline";
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration BEFORE_ANSWERING = Duration.ofSeconds(1);
  private static final Duration STEP = Duration.ofSeconds(5);
  private static final int ATTEMPTS = 3;

  private final Link link;
  private final Partner partner;

  RegisterFlow(Link link, Partner partner) {
    this.link = link;
    this.partner = partner;
  }

  /** Takes up what a restart interrupted, or begins where this side is to begin. */
  void open() {
    Optional<Registering> open = link.state().registering();
    if (open.isPresent()) {
      link.alarms().set(DEADLINE, Duration.between(link.now(), open.get().until()), this::late);
      link.alarms().set(ALARM, BEFORE_ANSWERING, () -> send(1));
    } else if (link.stage() == ConnectionStage.NEW && link.config().initiate()) {
      begin();
    }
  }

  /** A partner registers, or answers ours. */
  Outcome post(Message message) {
    requireRegistration();
    Optional<Registering> open = link.state().registering();
    if (isReply(message, open)) {
      return registered(message.body());
    }
    if (message.correlationId().isPresent()) {
      throw Refusal.badRequest("X-Correlation-ID: there is no register of ours with this id");
    }
    if (message.caller().credential() != Caller.Credential.INITIAL) {
      throw Refusal.forbidden("registered already; PUT changes a registration");
    }
    if (open.isPresent()) {
      throw Refusal.forbidden("another register is under way");
    }
    return begun(message);
  }

  private void requireRegistration() {
    if (!link.profile().registration()) {
      throw Refusal.forbidden("there is no registration for this partner");
    }
  }

  /** Some partners leave the correlation away; with one register of ours waiting it is clear. */
  private static boolean isReply(Message message, Optional<Registering> open) {
    return open.filter(Registering::isOurs)
        .filter(ours -> message.correlationId().orElse(ours.requestId()).equals(ours.requestId()))
        .filter(ours -> message.caller().credential() == Caller.Credential.SESSION)
        .isPresent();
  }

  private Outcome begun(Message message) {
    String baseUrl = baseUrl(message.body());
    String token = Tokens.fresh();
    Instant now = link.now();
    LinkState next =
        LinkState.begin(
                ConnectionStage.REGISTERING,
                new Credentials(
                    Optional.of(baseUrl),
                    Optional.of(seal(message.body().path("token").asText())),
                    Optional.of(Tokens.fingerprint(token))),
                now)
            .with(link.state().progress())
            .with(
                Optional.of(
                    new Registering(
                        UUID.randomUUID().toString(),
                        Optional.of(message.requestId()),
                        seal(token),
                        now.plus(LONGEST))));
    return Outcome.of(next)
        .then(
            () -> {
              link.alarms().set(DEADLINE, LONGEST, this::late);
              link.alarms().set(ALARM, BEFORE_ANSWERING, () -> send(1));
            });
  }

  /** The partner's URL of the version that both speak. */
  private String baseUrl(JsonNode body) {
    for (JsonNode version : body.path("version_url")) {
      if (version.path("version").asText().equals(VERSION)) {
        return BaseUrls.checked(
            version.path("base_url").asText(),
            link.profile().requireHttps(),
            link.config().allowedHosts());
      }
    }
    throw new Refusal(
        501, "version_url holds no version this system supports; supported: " + VERSION);
  }

  private String seal(String token) {
    return link.services().vault().seal(token);
  }

  /** This side registers first. */
  void begin() {
    Optional<String> token =
        link.services()
            .vault()
            .secret(link.id(), Vault.OUTBOUND_TOKEN, link.config().outboundToken());
    if (token.isEmpty() || link.config().partnerUrl().isEmpty()) {
      throw Refusal.forbidden("partner_url and outbound_token are needed to register first");
    }
    String fresh = Tokens.fresh();
    Instant now = link.now();
    link.commit(
        LinkState.begin(
                ConnectionStage.REGISTERING,
                new Credentials(
                    link.config().partnerUrl(),
                    token.map(this::seal),
                    Optional.of(Tokens.fingerprint(fresh))),
                now)
            .with(link.state().progress())
            .with(
                Optional.of(
                    new Registering(
                        UUID.randomUUID().toString(),
                        Optional.empty(),
                        seal(fresh),
                        now.plus(LONGEST)))));
    link.alarms().set(DEADLINE, LONGEST, this::late);
    send(1);
  }

  private void send(int attempt) {
    link.state()
        .registering()
        .ifPresent(
            open ->
                partner.send(
                    Action.REGISTER,
                    "POST",
                    open.requestId(),
                    open.answers(),
                    body(open),
                    verdict -> sent(open, attempt, verdict)));
  }

  private String body(Registering open) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("token", link.services().vault().open(open.newToken()));
    body.putArray("version_url")
        .addObject()
        .put("version", VERSION)
        .put("base_url", link.services().publicUrl().get());
    return body.toString();
  }

  private void sent(Registering open, int attempt, Verdict verdict) {
    if (!link.state().registering().equals(Optional.of(open))) {
      return;
    }
    if (verdict.isDelivered()) {
      if (!open.isOurs()) {
        confirm();
      }
    } else if (attempt < ATTEMPTS) {
      Duration pause = STEP.multipliedBy(attempt);
      link.alarms().set(ALARM, verdict.retryAfter().orElse(pause), () -> send(attempt + 1));
    } else {
      fail(
          "register could not be delivered (%d %s)".formatted(verdict.status(), verdict.message()));
    }
  }

  /** The partner has our token: it said so, or used it. */
  void confirm() {
    link.alarms().clear(ALARM);
    link.alarms().clear(DEADLINE);
    link.commit(confirmed(link.state()));
  }

  /** The same for a message that is on its way through. */
  LinkState confirmed(LinkState state) {
    return state.registering().filter(open -> !open.isOurs()).isPresent()
        ? state
            .with(Optional.<Registering>empty())
            .in(ConnectionStage.REGISTERED, link.now())
            .untroubled()
        : state;
  }

  private void late() {
    if (link.state().registering().isPresent()) {
      fail("nobody answered our register in time");
    }
  }

  private void fail(String why) {
    link.alarms().clear(ALARM);
    link.alarms().clear(DEADLINE);
    Credentials none =
        new Credentials(link.config().partnerUrl(), Optional.empty(), Optional.empty());
    link.commit(
        link.state()
            .with(Optional.<Registering>empty())
            .with(none)
            .troubled(why + "; the first register may come again")
            .in(ConnectionStage.FAILED, link.now()));
  }

  /** The partner answers our register with its own. */
  private Outcome registered(JsonNode body) {
    String baseUrl = baseUrl(body);
    LinkState state = link.state();
    Credentials credentials =
        new Credentials(
            Optional.of(baseUrl),
            Optional.of(seal(body.path("token").asText())),
            state.credentials().inboundToken());
    LinkState next =
        state
            .with(credentials)
            .with(Optional.<Registering>empty())
            .in(ConnectionStage.REGISTERED, link.now())
            .untroubled();
    return Outcome.of(next)
        .then(
            () -> {
              link.alarms().clear(ALARM);
              link.alarms().clear(DEADLINE);
            });
  }

  /** A registered partner has another token or URL. */
  Outcome put(Message message) {
    requireRegistration();
    requireRegistered(message);
    String baseUrl = baseUrl(message.body());
    LinkState state = link.state();
    return Outcome.of(
        state.with(
            new Credentials(
                Optional.of(baseUrl),
                Optional.of(seal(message.body().path("token").asText())),
                state.credentials().inboundToken())));
  }

  private static void requireRegistered(Message message) {
    if (message.caller().credential() == Caller.Credential.INITIAL) {
      throw Refusal.forbidden("not registered");
    }
  }

  /** The partner ends the relation. */
  Outcome delete(Message message) {
    requireRegistration();
    requireRegistered(message);
    return Outcome.of(ended());
  }

  /** This side ends the relation, whether the partner answers or not. */
  void end() {
    String requestId = UUID.randomUUID().toString();
    String body = link.profile().deregisterBody() ? "{\"token\":\"-\",\"version_url\":[]}" : "";
    partner.send(
        Action.REGISTER,
        "DELETE",
        requestId,
        Optional.empty(),
        body,
        verdict -> link.commit(ended()));
  }

  private LinkState ended() {
    LinkState state = link.state();
    Credentials none =
        new Credentials(link.config().partnerUrl(), Optional.empty(), Optional.empty());
    return state
        .with(none)
        .with(Optional.<Registering>empty())
        .with(Wishes.NONE)
        .with(Deadlines.NONE)
        .with(Progress.NONE)
        .troubled("the relation was ended; fallback limits count until an operator releases them")
        .in(ConnectionStage.DEREGISTERED, link.now());
  }
}
