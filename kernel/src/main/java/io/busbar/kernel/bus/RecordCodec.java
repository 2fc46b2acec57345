package io.busbar.kernel.bus;

import io.busbar.wire.RecordJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.nio.charset.StandardCharsets;

/**
 * The one codec: inside this process the same instance travels, between nodes its class name and
 * JSON. Only classes of {@code plugin-api} are read from the wire.
 */
final class RecordCodec implements MessageCodec<Object, Object> {

  static final String NAME = "busbar";

  private static final String API = "io.busbar.api.";

  @Override
  public void encodeToWire(Buffer buffer, Object message) {
    byte[] type = message.getClass().getName().getBytes(StandardCharsets.UTF_8);
    byte[] json = RecordJson.encode(message).getBytes(StandardCharsets.UTF_8);
    buffer.appendInt(type.length).appendBytes(type).appendInt(json.length).appendBytes(json);
  }

  @Override
  public Object decodeFromWire(int position, Buffer buffer) {
    int at = position;
    int typeLength = buffer.getInt(at);
    at += Integer.BYTES;
    String type = buffer.getString(at, at + typeLength, "UTF-8");
    at += typeLength;
    int jsonLength = buffer.getInt(at);
    at += Integer.BYTES;
    String json = buffer.getString(at, at + jsonLength, "UTF-8");
    if (!type.startsWith(API)) {
      throw new IllegalArgumentException("message of type " + type + ": expected one of " + API);
    }
    try {
      return RecordJson.decode(json, Class.forName(type));
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("message of unknown type " + type, e);
    }
  }

  @Override
  public Object transform(Object message) {
    return message;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
