package io.busbar.capability;

import io.busbar.api.capability.RecordReply;
import io.busbar.store.NotStorable;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A message of either MQTT door on its way to become a status or a dead letter. */
final class MqttIntake {

  private static final Logger LOG = LoggerFactory.getLogger(MqttIntake.class);

  private final Intake intake;
  private final StatusMessage messages;
  private final Clock clock;

  MqttIntake(Intake intake, StatusMessage messages, Clock clock) {
    this.intake = intake;
    this.messages = messages;
    this.clock = clock;
  }

  StatusMessage messages() {
    return messages;
  }

  /** Done when the message may be acknowledged: whatever became of it is stored for good. */
  Future<Void> take(String topic, Buffer payload, String actor) {
    try {
      return intake
          .take(messages.read(topic, payload, actor), "mqtt")
          .compose(
              reply ->
                  switch (reply) {
                    case RecordReply.Recorded _ -> Future.succeededFuture();
                    case RecordReply.Refused refused ->
                        bury(topic, payload, new Malformed(refused.rule(), refused.message()));
                  });
    } catch (Malformed e) {
      return bury(topic, payload, e);
    } catch (RuntimeException e) { // sent again it would fail again, and hold up all the others
      LOG.error("a message at {} could not be read", topic, e);
      return bury(topic, payload, new Malformed("FAULT", e.toString()));
    }
  }

  private Future<Void> bury(String topic, Buffer payload, Malformed problem) {
    return intake
        .bury(DeadLetter.of(clock.instant(), "mqtt", topic, problem, payload))
        .recover(MqttIntake::lost);
  }

  /** What cannot even be kept as a dead letter would come again for ever. */
  private static Future<Void> lost(Throwable cause) {
    if (cause instanceof NotStorable) {
      LOG.error("a dead letter cannot be kept: {}", cause.getMessage());
      return Future.succeededFuture();
    }
    return Future.failedFuture(cause);
  }
}
