package io.busbar.modbus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.busbar.modbus.wire.WireException.Kind;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a strict client does with answers that j2mod by itself would take for good. */
class TcpLinkTest {

  private static final Duration SOON = Duration.ofMillis(300);
  private static final String GOOD = "00000005010302002a";

  private ScriptedPeer peer;

  private SocketLink connect(ScriptedPeer.Script script) throws IOException, WireException {
    peer = new ScriptedPeer(Framing.TCP, script);
    return SocketLink.connect(peer.peer(), SOON);
  }

  @AfterEach
  void stop() throws IOException {
    if (peer != null) {
      peer.close();
    }
  }

  private void dealtWith(int requests) {
    Awaitility.await().until(() -> peer.dealtWith() >= requests);
  }

  private static int[] read(SocketLink link) throws ModbusException {
    return link.read(1, Space.HOLDING, 100, 1, SOON);
  }

  private static WireException failure(SocketLink link) {
    return catchThrowableOfType(WireException.class, () -> read(link));
  }

  @Test
  void aGoodAnswerIsTaken() throws Exception {
    SocketLink link = connect((n, ask, out) -> out.write(ScriptedPeer.answering(ask, GOOD)));

    assertThat(read(link)).containsExactly(42);
    assertThat(read(link)).containsExactly(42);
    assertThat(peer.connections()).isOne();
  }

  @Test
  void aLateAnswerIsNeverTakenForThatOfTheNextRequest() throws Exception {
    SocketLink link =
        connect(
            (n, ask, out) -> {
              ScriptedPeer.idle(SOON.multipliedBy(3).dividedBy(2));
              out.write(ScriptedPeer.answering(ask, GOOD));
            });

    assertThat(failure(link).kind()).isEqualTo(Kind.TIMEOUT);
    dealtWith(1);
    assertThat(failure(link).kind()).as("the connection is not used again").isEqualTo(Kind.CLOSED);
  }

  @ParameterizedTest
  @CsvSource({
    "WRONG_UNIT, 00000005020302002a",
    "WRONG_FUNCTION, 00000005010402002a",
    "WRONG_FUNCTION, 000000030184 02",
    "WRONG_LENGTH, 000000070103 04002a002b",
    "WRONG_LENGTH, 000000050103 04002a",
    "NO_MODBUS, 00010005010302002a",
    "NO_MODBUS, 0000ffff010302002a",
  })
  void anAnswerToAnotherQuestionIsRefused(Kind kind, String answer) throws Exception {
    SocketLink link =
        connect((n, ask, out) -> out.write(ScriptedPeer.answering(ask, answer.replace(" ", ""))));

    assertThat(failure(link).kind()).isEqualTo(kind);
    assertThat(failure(link).kind()).isEqualTo(Kind.CLOSED);
  }

  @Test
  void theTransactionOfAnotherRequestIsRefused() throws Exception {
    SocketLink link =
        connect((n, ask, out) -> out.write(ScriptedPeer.answering(new byte[] {77, 77}, GOOD)));

    assertThat(failure(link).kind()).isEqualTo(Kind.WRONG_TRANSACTION);
  }

  @Test
  void anAnswerThatComesTwiceIsFoundBeforeTheNextRequest() throws Exception {
    SocketLink link =
        connect(
            (n, ask, out) -> {
              out.write(ScriptedPeer.answering(ask, GOOD));
              out.write(ScriptedPeer.answering(ask, GOOD));
            });

    assertThat(read(link)).containsExactly(42);
    dealtWith(1);
    assertThat(failure(link).kind()).isEqualTo(Kind.UNASKED);
  }

  @Test
  void theDeadlineIsForTheWholeAnswerHoweverSlowlyItDrips() throws Exception {
    SocketLink link =
        connect(
            (n, ask, out) -> {
              for (byte drop : ScriptedPeer.answering(ask, GOOD)) {
                out.write(drop);
                ScriptedPeer.idle(SOON.dividedBy(3));
              }
            });
    long begin = System.nanoTime();

    assertThat(failure(link).kind()).isEqualTo(Kind.TIMEOUT);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(SOON, SOON.multipliedBy(2));
  }

  @Test
  void anExceptionIsAnAnswerAndTheConnectionStays() throws Exception {
    SocketLink link =
        connect((n, ask, out) -> out.write(ScriptedPeer.answering(ask, "000000030183" + "02")));

    for (int round = 0; round < 2; round++) {
      assertThatThrownBy(() -> read(link))
          .isInstanceOfSatisfying(DeviceException.class, e -> assertThat(e.code()).isEqualTo(2))
          .hasMessage("unit 1 read holding 100 x1: exception 2 (illegal address)");
    }
    assertThat(peer.connections()).isOne();
  }

  @Test
  void aWriteIsDoneOnlyWhenTheEchoSaysSo() throws Exception {
    SocketLink link =
        connect(
            (n, ask, out) ->
                out.write(
                    ScriptedPeer.answering(
                        ask, n == 1 ? "000000060106006400aa" : "000000060106006400ab")));

    link.write(1, 100, new int[] {0xAA}, WriteFunction.SINGLE, SOON);
    assertThatThrownBy(() -> link.write(1, 100, new int[] {0xAA}, WriteFunction.SINGLE, SOON))
        .isInstanceOfSatisfying(
            WireException.class, e -> assertThat(e.kind()).isEqualTo(Kind.WRONG_ECHO));
  }

  @Test
  void severalWordsGoOutInOneRequest() throws Exception {
    StringBuilder sent = new StringBuilder();
    SocketLink link =
        connect(
            (n, ask, out) -> {
              sent.append(ScriptedPeer.hex(ask).substring(12));
              out.write(ScriptedPeer.answering(ask, "00000006011004ba0002"));
            });

    link.write(1, 1210, new int[] {0x4100, 0}, WriteFunction.MULTIPLE, SOON);

    assertThat(sent).hasToString("011004ba00020441000000");
  }

  @Test
  void aPeerThatHangsUpIsNoticed() throws Exception {
    SocketLink link =
        connect(
            (n, ask, out) -> {
              throw new IOException("hang up");
            });

    assertThat(failure(link).kind()).isEqualTo(Kind.CLOSED);
  }

  @Test
  void nobodyThereIsSaidAtOnce() {
    Peer nobody = new Peer("127.0.0.1", 1, Framing.TCP);

    assertThatThrownBy(() -> SocketLink.connect(nobody, SOON))
        .isInstanceOfSatisfying(
            WireException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_CONNECTED))
        .hasMessageContaining("127.0.0.1:1");
  }
}
