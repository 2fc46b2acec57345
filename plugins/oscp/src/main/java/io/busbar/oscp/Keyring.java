package io.busbar.oscp;

import io.busbar.oscp.Caller.Credential;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Tells by a token who calls. Holds fingerprints only. */
final class Keyring {

  private final Map<String, Caller> byFingerprint = new ConcurrentHashMap<>();

  /** From now on a connection is known by these and nothing else; at no time by none of them. */
  void renew(String connectionId, Optional<String> initial, Optional<String> session) {
    add(connectionId, Credential.INITIAL, initial);
    add(connectionId, Credential.SESSION, session);
    byFingerprint
        .values()
        .removeIf(
            caller ->
                caller.connectionId().equals(connectionId)
                    && !initial.equals(Optional.of(caller.fingerprint()))
                    && !session.equals(Optional.of(caller.fingerprint())));
  }

  private void add(String connectionId, Credential credential, Optional<String> fingerprint) {
    fingerprint.ifPresent(
        print -> byFingerprint.put(print, new Caller(connectionId, credential, print)));
  }

  /** Whom a token belongs to; the time it takes says nothing about tokens that are known. */
  Optional<Caller> find(String token) {
    return Optional.ofNullable(byFingerprint.get(Tokens.fingerprint(token)));
  }

  /** Whether a caller that was found before still counts. */
  boolean counts(Caller caller) {
    return caller.credential() == Credential.BEARER
        || caller.equals(byFingerprint.get(caller.fingerprint()));
  }
}
