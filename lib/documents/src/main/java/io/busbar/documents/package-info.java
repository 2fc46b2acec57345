/**
 * Documents that people write: YAML or JSON, checked against a JSON Schema, with the line of
 * everything that is wrong.
 */
package io.busbar.documents;
