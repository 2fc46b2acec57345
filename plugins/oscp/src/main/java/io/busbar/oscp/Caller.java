package io.busbar.oscp;

/**
 * Who calls, as its credentials say.
 *
 * @param connectionId the connection
 * @param credential what it showed
 * @param fingerprint of a token, to see whether it still counts when the message has its turn
 */
record Caller(String connectionId, Credential credential, String fingerprint) {

  /** What a caller can show. */
  enum Credential {
    /** The token of the settings: good for a first register and nothing else. */
    INITIAL,
    /** The token that we gave it when it registered. */
    SESSION,
    /** An OAuth bearer token. */
    BEARER
  }
}
