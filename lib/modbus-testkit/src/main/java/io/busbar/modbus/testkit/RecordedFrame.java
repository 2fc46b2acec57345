package io.busbar.modbus.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.modbus.wire.DeviceException;
import io.busbar.modbus.wire.Framing;
import io.busbar.modbus.wire.ModbusException;
import io.busbar.modbus.wire.Peer;
import io.busbar.modbus.wire.SocketLink;
import io.busbar.modbus.wire.Space;
import io.busbar.modbus.wire.WriteFunction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A request and its answer as somebody recorded them at a real device, played once more to our own
 * client.
 *
 * @param what what the values were, in words
 */
record RecordedFrame(String what, Framing framing, byte[] request, byte[] response) {

  private static final Duration SOON = Duration.ofSeconds(5);
  private static final int TRANSACTION = 2;
  private static final int TCP_HEADER = 6;
  private static final int READ_INPUT = 4;
  private static final int WRITE_SINGLE = 6;

  static RecordedFrame of(JsonNode json) {
    boolean rtu = json.path("framing").asText().equals("rtu");
    return new RecordedFrame(
        json.get("what").asText(),
        rtu ? Framing.RTU_OVER_TCP : Framing.TCP,
        HexFormat.of().parseHex(json.get("request").asText()),
        HexFormat.of().parseHex(json.get("response").asText()));
  }

  private byte[] pdu() {
    int from = framing == Framing.TCP ? TCP_HEADER : 0;
    int to = framing == Framing.TCP ? request.length : request.length - 2;
    return Arrays.copyOfRange(request, from, to);
  }

  int function() {
    return pdu()[1] & 0xFF;
  }

  Space space() {
    return function() == READ_INPUT ? Space.INPUT : Space.HOLDING;
  }

  int address() {
    return word(pdu(), 2);
  }

  boolean isRead() {
    return function() <= READ_INPUT;
  }

  boolean isException() {
    return (response[framing == Framing.TCP ? TCP_HEADER + 1 : 1] & 0x80) != 0;
  }

  private static int word(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << Byte.SIZE | bytes[at + 1] & 0xFF;
  }

  /** What came of it. */
  record Played(int[] words, int exceptionCode, byte[] sent) {}

  /** Asks for the same, and lets the client read the recorded answer. */
  Played play() throws IOException, ModbusException {
    byte[] sent = new byte[request.length];
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answer(server, sent));
      Peer peer = new Peer("127.0.0.1", server.getLocalPort(), framing);
      try (SocketLink link = SocketLink.connect(peer, SOON)) {
        return new Played(ask(link), 0, sent);
      } catch (DeviceException e) {
        return new Played(new int[0], e.code(), sent);
      }
    }
  }

  private int[] ask(SocketLink link) throws ModbusException {
    byte[] pdu = pdu();
    int unit = pdu[0] & 0xFF;
    if (isRead()) {
      return link.read(unit, space(), address(), word(pdu, 4), SOON);
    }
    boolean single = function() == WRITE_SINGLE;
    int[] words = new int[single ? 1 : word(pdu, 4)];
    for (int i = 0; i < words.length; i++) {
      words[i] = word(pdu, single ? 4 : 7 + 2 * i);
    }
    WriteFunction function = single ? WriteFunction.SINGLE : WriteFunction.MULTIPLE;
    link.write(unit, address(), words, function, SOON);
    return words;
  }

  private void answer(ServerSocket server, byte[] sent) {
    try (Socket socket = server.accept()) {
      byte[] got = socket.getInputStream().readNBytes(request.length);
      System.arraycopy(got, 0, sent, 0, got.length);
      byte[] answer = response.clone();
      if (framing == Framing.TCP) {
        System.arraycopy(got, 0, answer, 0, TRANSACTION);
        System.arraycopy(request, 0, sent, 0, TRANSACTION);
      }
      socket.getOutputStream().write(answer);
      socket.getInputStream().read();
    } catch (IOException e) {
      // The client left.
    }
  }
}
