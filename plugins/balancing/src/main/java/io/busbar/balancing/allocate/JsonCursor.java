package io.busbar.balancing.allocate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;

/** Walks through JSON and says, of whatever is not as expected, on which line and at which path. */
final class JsonCursor implements AutoCloseable {

  /** Reads the value of one member of an object; the cursor stands on it. */
  interface Member {
    void read(String name) throws IOException, InvalidCase;
  }

  /** Reads one element of an array; the cursor stands on it. */
  interface Element {
    void read() throws IOException, InvalidCase;
  }

  private final JsonParser parser;

  JsonCursor(JsonFactory factory, InputStream input) throws IOException {
    parser = factory.createParser(input);
    parser.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());
    parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
  }

  /** Reads the only value there is, an object. */
  void document(Member member) throws IOException, InvalidCase {
    try {
      parser.nextToken();
      object(member);
      if (parser.nextToken() != null) {
        throw InvalidCase.at(line(), "after the object", "expected nothing, found " + shown());
      }
    } catch (JsonProcessingException e) {
      throw new InvalidCase(
          "line %d: %s: not JSON: %s".formatted(e.getLocation().getLineNr(), path(), said(e)));
    }
  }

  /** What the parser said, without its words about a source that it does not show. */
  private static String said(JsonProcessingException e) {
    return e.getOriginalMessage().replaceAll("\\[Source: .*?; (line: [^]]*)]", "$1");
  }

  /** Reads the object the cursor stands on. */
  void object(Member member) throws IOException, InvalidCase {
    expect(JsonToken.START_OBJECT, "an object");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      member.read(name);
    }
  }

  /** Reads the array the cursor stands on. */
  void array(Element element) throws IOException, InvalidCase {
    expect(JsonToken.START_ARRAY, "an array");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      element.read();
    }
  }

  void skip() throws IOException {
    parser.skipChildren();
  }

  boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  String text() throws IOException, InvalidCase {
    expect(JsonToken.VALUE_STRING, "a string");
    return parser.getText();
  }

  double number(double least, double most) throws IOException, InvalidCase {
    boolean number = parser.currentToken().isNumeric();
    double value = number ? parser.getDoubleValue() : Double.NaN;
    if (!(value >= least && value <= most)) {
      throw expected("a number from " + plain(least) + " to " + plain(most));
    }
    return value;
  }

  long integer(long least, long most) throws IOException, InvalidCase {
    boolean fits =
        parser.currentToken() == JsonToken.VALUE_NUMBER_INT
            && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    long value = fits ? parser.getLongValue() : 0;
    if (!fits || value < least || value > most) {
      throw expected("a whole number from " + least + " to " + most);
    }
    return value;
  }

  private void expect(JsonToken token, String what) throws IOException, InvalidCase {
    if (parser.currentToken() != token) {
      throw expected(what);
    }
  }

  InvalidCase expected(String what) throws IOException {
    return InvalidCase.at(line(), path(), "expected " + what + ", found " + shown());
  }

  int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  /** Such as {@code requests[3].weight}. */
  String path() {
    String pointer = parser.getParsingContext().pathAsPointer().toString();
    String path = pointer.replaceAll("/(\\d+)", "[$1]").replaceAll("^/", "").replace('/', '.');
    return path.isEmpty() ? "the document" : path;
  }

  private String shown() throws IOException {
    if (parser.currentToken() == null) {
      return "nothing";
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> '"' + parser.getText() + '"';
      default -> parser.getText();
    };
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
