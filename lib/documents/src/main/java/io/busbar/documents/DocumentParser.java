package io.busbar.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.busbar.api.Problem;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Text to tree with lines. One use per text. */
final class DocumentParser {

  private static final int MAX_CHARACTERS = 16 * 1024 * 1024;
  private static final int MAX_DEPTH = 64;

  /** Bounds what aliases can blow a small text up to. */
  private static final int MAX_VALUES = 1_000_000;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final String source;
  private final Map<String, Integer> lines = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private int values;

  DocumentParser(String source) {
    this.source = source;
  }

  Document parse(String text) {
    if (text.length() > MAX_CHARACTERS) {
      throw refusal(
          0, "%d characters; at most %d are read".formatted(text.length(), MAX_CHARACTERS));
    }
    JsonNode root = compose(withoutTabsInJson(text)).map(node -> convert(node, "", 0)).orElse(null);
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return new Document(source, root == null ? JSON.nullNode() : root, lines);
  }

  private Optional<Node> compose(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source)
            .setSchema(new CoreSchema())
            .setCodePointLimit(MAX_CHARACTERS)
            .setMaxAliasesForCollections(MAX_VALUES)
            .build();
    try {
      checkDepth(new Parse(settings).parseString(text));
      return new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().or(e::getContextMark).map(DocumentParser::line).orElse(0);
      String context = e.getContext() == null ? "" : e.getContext() + ": ";
      throw refusal(line, context + e.getProblem());
    } catch (YamlEngineException e) {
      throw refusal(0, e.getMessage());
    }
  }

  /** Looks at events first: composing nests calls as deep as the text nests values. */
  private void checkDepth(Iterable<Event> events) {
    int depth = 0;
    for (Event event : events) {
      switch (event.getEventId()) {
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        default -> {}
      }
      if (depth > MAX_DEPTH) {
        throw tooDeep(event.getStartMark());
      }
    }
  }

  private JsonNode convert(Node node, String pointer, int depth) {
    lines.putIfAbsent(pointer, line(node));
    if (depth > MAX_DEPTH) {
      throw tooDeep(node.getStartMark());
    }
    if (++values > MAX_VALUES) {
      throw refusal(line(node), "more than %d values".formatted(MAX_VALUES));
    }
    return switch (node) {
      case MappingNode mapping -> object(mapping, pointer, depth);
      case SequenceNode sequence -> array(sequence, pointer, depth);
      case ScalarNode scalar -> scalar(scalar, pointer);
      default -> throw refusal(line(node), "unexpected " + node.getNodeType());
    };
  }

  private ObjectNode object(MappingNode mapping, String pointer, int depth) {
    ObjectNode object = JSON.objectNode();
    for (NodeTuple tuple : mapping.getValue()) {
      Node keyNode = tuple.getKeyNode();
      if (!(keyNode instanceof ScalarNode scalar) || !scalar.getTag().equals(Tag.STR)) {
        problem(keyNode, pointer, keyMessage(keyNode));
        continue;
      }
      String key = scalar.getValue();
      String child = JsonPointers.child(pointer, key);
      if (!isUnicode(key)) {
        problem(keyNode, pointer, "a key has a NUL or half a surrogate pair in it");
        continue;
      }
      if (object.has(key)) {
        String message = "key '%s' is there twice; the first is on line %d";
        problem(keyNode, child, message.formatted(key, lines.get(child)));
        continue;
      }
      lines.put(child, line(keyNode));
      object.set(key, convert(tuple.getValueNode(), child, depth + 1));
    }
    return object;
  }

  private static String keyMessage(Node key) {
    return key instanceof ScalarNode scalar
        ? "key %s is not a text; put it in quotes".formatted(scalar.getValue())
        : "a key must be a text, not a list or a mapping";
  }

  private ArrayNode array(SequenceNode sequence, String pointer, int depth) {
    ArrayNode array = JSON.arrayNode(sequence.getValue().size());
    for (Node item : sequence.getValue()) {
      array.add(convert(item, JsonPointers.child(pointer, array.size()), depth + 1));
    }
    return array;
  }

  private JsonNode scalar(ScalarNode node, String pointer) {
    String text = node.getValue();
    Tag tag = node.getTag();
    if (tag.equals(Tag.STR)) {
      if (!isUnicode(text)) {
        problem(node, pointer, "a text has a NUL or half a surrogate pair in it");
      }
      return JSON.textNode(text);
    } else if (tag.equals(Tag.NULL)) {
      return JSON.nullNode();
    } else if (tag.equals(Tag.BOOL)) {
      return JSON.booleanNode(Boolean.parseBoolean(text));
    }
    try {
      if (tag.equals(Tag.INT)) {
        return integer(text);
      }
      double number = tag.equals(Tag.FLOAT) ? Double.parseDouble(text) : Double.NaN;
      if (Double.isFinite(number)) {
        return JSON.numberNode(number);
      }
    } catch (NumberFormatException e) {
      // said below, as for every other value that is not what its tag promises
    }
    problem(node, pointer, "'%s' is no value that is known here (%s)".formatted(text, tag));
    return MissingNode.getInstance();
  }

  /** Escapes can write what no database holds. */
  private static boolean isUnicode(String text) {
    return text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
  }

  private static JsonNode integer(String text) {
    BigInteger value =
        text.startsWith("0x")
            ? new BigInteger(text.substring(2), 16)
            : text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigInteger(text);
    if (value.bitLength() < Integer.SIZE) {
      return JSON.numberNode(value.intValue());
    }
    return value.bitLength() < Long.SIZE
        ? JSON.numberNode(value.longValue())
        : JSON.numberNode(value);
  }

  /** JSON may be indented by tabs, YAML may not; a JSON string holds no bare tab. */
  private static String withoutTabsInJson(String text) {
    String start = text.stripLeading();
    return start.startsWith("{") || start.startsWith("[") ? text.replace('\t', ' ') : text;
  }

  private void problem(Node node, String pointer, String message) {
    problems.add(
        new Problem(Document.SYNTAX, source, line(node), JsonPointers.path(pointer), message));
  }

  private DocumentException tooDeep(Optional<Mark> mark) {
    return refusal(
        mark.map(DocumentParser::line).orElse(0),
        "more than %d levels of nesting".formatted(MAX_DEPTH));
  }

  private DocumentException refusal(int line, String message) {
    return new DocumentException(List.of(new Problem(Document.SYNTAX, source, line, "", message)));
  }

  private static int line(Node node) {
    return node.getStartMark().map(DocumentParser::line).orElse(0);
  }

  private static int line(Mark mark) {
    return mark.getLine() + 1;
  }
}
