package io.busbar.modbus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.busbar.modbus.wire.WireException.Kind;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RTU frames inside TCP, where only check sum, unit, function and length tell answers apart. */
class RtuLinkTest {

  private static final Duration SOON = Duration.ofMillis(300);

  private ScriptedPeer peer;

  private SocketLink connect(ScriptedPeer.Script script) throws IOException, WireException {
    peer = new ScriptedPeer(Framing.RTU_OVER_TCP, script);
    return SocketLink.connect(peer.peer(), SOON);
  }

  @AfterEach
  void stop() throws IOException {
    peer.close();
  }

  private void dealtWith(int requests) {
    Awaitility.await().until(() -> peer.dealtWith() >= requests);
  }

  private static Kind failure(SocketLink link) {
    return catchThrowableOfType(WireException.class, () -> link.read(1, Space.INPUT, 5, 1, SOON))
        .kind();
  }

  @Test
  void requestsAndAnswersCarryTheCheckSum() throws Exception {
    StringBuilder sent = new StringBuilder();
    SocketLink link =
        connect(
            (n, ask, out) -> {
              sent.append(ScriptedPeer.hex(ask));
              out.write(ScriptedPeer.summed("0104020007"));
            });

    assertThat(link.read(1, Space.INPUT, 5, 1, SOON)).containsExactly(7);
    assertThat(sent).hasToString("01040005000121cb");
  }

  @Test
  void aFrameWithAWrongCheckSumIsRefused() throws Exception {
    SocketLink link =
        connect(
            (n, ask, out) -> {
              byte[] frame = ScriptedPeer.summed("0104020007");
              frame[4] ^= 1;
              out.write(frame);
            });

    assertThat(failure(link)).isEqualTo(Kind.CHECK_SUM);
  }

  @Test
  void theAnswerOfAnotherBoxOnTheBusIsRefused() throws Exception {
    SocketLink link = connect((n, ask, out) -> out.write(ScriptedPeer.summed("0204020007")));

    assertThat(failure(link)).isEqualTo(Kind.WRONG_UNIT);
  }

  @Test
  void aLateAnswerDoesNotShiftAllThatFollow() throws Exception {
    SocketLink link =
        connect(
            (n, ask, out) -> {
              ScriptedPeer.idle(SOON.multipliedBy(3).dividedBy(2));
              out.write(ScriptedPeer.summed("0104020007"));
            });

    assertThat(failure(link)).isEqualTo(Kind.TIMEOUT);
    dealtWith(1);
    assertThat(failure(link)).isEqualTo(Kind.CLOSED);
  }

  @Test
  void whatABusStillHadForSomebodyElseIsFoundBeforeTheFirstRequest() throws Exception {
    SocketLink link =
        connect(
            (n, ask, out) -> {
              out.write(ScriptedPeer.summed("0104020007"));
              out.write(ScriptedPeer.summed("0104020008"));
            });

    assertThat(link.read(1, Space.INPUT, 5, 1, SOON)).containsExactly(7);
    dealtWith(1);
    assertThat(failure(link)).isEqualTo(Kind.UNASKED);
  }

  @Test
  void anExceptionIsShorterThanAnAnswer() throws Exception {
    SocketLink link = connect((n, ask, out) -> out.write(ScriptedPeer.summed("018402")));

    DeviceException refused =
        catchThrowableOfType(DeviceException.class, () -> link.read(1, Space.INPUT, 5, 4, SOON));

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.isOfTheRegister()).isTrue();
  }
}
