package io.busbar.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.busbar.api.Problem;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentSchemaTest {

  private static final DocumentSchema SCHEMA =
      DocumentSchema.load(
          new ByteArrayInputStream(
              """
              {
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "type": "object",
                "additionalProperties": false,
                "required": ["id"],
                "dependentRequired": {"amps": ["volts"]},
                "properties": {
                  "id": {"type": "string", "minLength": 1, "pattern": "^[a-z]*$"},
                  "amps": {"type": "integer", "description": "Greatest current, A. More text.",
                           "minimum": 6, "maximum": 32, "default": 16},
                  "volts": {"type": "integer", "multipleOf": 2},
                  "share": {"exclusiveMinimum": 0, "exclusiveMaximum": 1},
                  "mode": {"enum": ["FAST", "SLOW"]},
                  "format": {"const": "busbar/1"},
                  "count": {"$ref": "#/$defs/count"},
                  "items": {"type": "array", "maxItems": 2, "uniqueItems": true,
                            "items": {"$ref": "#/$defs/item"}},
                  "pool": {"$ref": "#/$defs/item", "default": {}},
                  "by_name": {"type": "object", "additionalProperties": {"$ref": "#/$defs/item"}}
                },
                "$defs": {
                  "count": {"type": ["integer", "null"], "default": 3},
                  "item": {"type": "object", "additionalProperties": false,
                           "properties": {"size": {"type": "integer", "default": 5},
                                          "watts": {"type": "integer"}}}
                }
              }
              """
                  .getBytes(StandardCharsets.UTF_8)));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {id: a, amps: 5, volts: 2}   | amps: 5 is too small; the least is 6 — Greatest current, A
          {id: a, amps: 99, volts: 2}  | amps: 99 is too large; the most is 32 — Greatest current, A
          {id: a, amps: x, volts: 2}   | amps: expected a whole number, found the text 'x' — Greatest current, A
          {id: a, amps: , volts: 2}    | amps: expected a whole number, found nothing — Greatest current, A
          {id: a, amps: 6.5, volts: 2} | amps: expected a whole number, found number 6.5 — Greatest current, A
          {id: a, amps: 7}             | 'amps' needs 'volts' beside it
          {id: a, volts: 3}            | volts: 3 is no multiple of 2
          {id: a, share: 0}            | share: 0 is too small; expected more than 0
          {id: a, share: 1}            | share: 1 is too large; expected less than 1
          {id: a, mode: MEDIUM}        | mode: 'MEDIUM' is not one of FAST, SLOW
          {id: a, format: busbar/2}    | format: expected 'busbar/1', found 'busbar/2'
          {id: a, count: []}           | count: expected a whole number or null, found a list
          {id: a, items: {}}           | items: expected a list, found a mapping
          {id: a, items: [1]}          | items[0]: expected a mapping, found number 1
          {id: a, items: [{size: t}]}  | items[0].size: expected a whole number, found the text 't'
          {id: a, pool: {wats: 1}} | pool.wats: unknown key 'wats', did you mean 'watts'? (known here: size, watts)
          {id: a, items: [{color: 1}]} | items[0].color: unknown key 'color' (known here: size, watts)
          {id: a, by_name: {b: {c: 1}}} | by_name.b.c: unknown key 'c' (known here: size, watts)
          {id: a, items: [{}, {size: 1}, {size: 2}]} | items: has 3 items; the most is 2
          {id: a, items: [{}, {}]}     | items: the same item is there more than once
          {id: ''}                     | id: must not be empty
          {id: 'A!'}                   | id: 'A!' does not match the pattern ^[a-z]*$
          {amps: 7, volts: 2}          | missing key 'id'
          [1]                          | expected a mapping, found a list
          """)
  void aViolationSaysWhatWasFoundAndWhatWasExpected(String text, String expected) {
    assertThat(SCHEMA.check(Document.parse("t", text)))
        .extracting(p -> p.path().isEmpty() ? p.message() : p.path() + ": " + p.message())
        .containsExactly(expected);
  }

  @Test
  void everyViolationIsNamedInTheOrderOfTheText() {
    Document document =
        Document.parse("t.yaml", "mode: X\nitems:\n  - size: 1\n    colour: red\namps: 7\n");

    assertThat(SCHEMA.check(document)).extracting(Problem::line).containsExactly(1, 1, 1, 4);
    assertThat(SCHEMA.check(document)).extracting(Problem::rule).containsOnly("SCHEMA");
  }

  @Test
  void aDocumentThatFitsHasNoProblems() {
    Document document = Document.parse("t", "{id: a, count: null, items: [{size: 2}], share: 0.5}");

    assertThat(SCHEMA.check(document)).isEmpty();
  }

  @Test
  void defaultsAreFilledInWhereKeysAreAbsentAndNowhereElse() {
    Document document =
        Document.parse("t", "{id: a, items: [{}, {size: 2}], by_name: {x: {}}, count: null}");

    assertThat(SCHEMA.withDefaults(document.root()))
        .isEqualTo(
            Document.parse(
                    "t",
                    """
                    {id: a, amps: 16, count: null, items: [{size: 5}, {size: 2}], pool: {size: 5},
                     by_name: {x: {size: 5}}}
                    """)
                .root());
    assertThat((ArrayNode) document.root().get("items"))
        .first()
        .isEqualTo(Document.parse("t", "{}").root());
  }
}
