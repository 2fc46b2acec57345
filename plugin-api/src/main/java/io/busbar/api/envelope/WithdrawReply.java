package io.busbar.api.envelope;

import java.util.UUID;

/** Reply to {@link WithdrawEnvelope}; stored before it is given. */
public sealed interface WithdrawReply {

  /** It counts no more, or had ended before: {@code envelope} says how. */
  record Withdrawn(OperatingEnvelope envelope) implements WithdrawReply {}

  /** No such envelope is kept for this microgrid. */
  record NotFound(UUID envelopeId) implements WithdrawReply {}
}
