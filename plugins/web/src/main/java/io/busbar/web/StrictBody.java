package io.busbar.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.busbar.wire.StrictJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * JSON bodies before the contract looks at them: what could be read in more than one way, or can be
 * read but not be stored, is a 400 and never gets further.
 */
final class StrictBody {

  private StrictBody() {}

  static void check(RoutingContext request) {
    String type = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
    Buffer body = request.body().buffer();
    if (type == null || !type.contains("json") || body == null || body.length() == 0) {
      request.next();
      return;
    }
    try {
      JsonNode read = StrictJson.parse(text(body));
      StrictJson.unstorable(read)
          .ifPresentOrElse(
              path -> refuse(request, path, "expected Unicode without NUL"), request::next);
    } catch (CharacterCodingException e) {
      refuse(request, "", "expected UTF-8");
    } catch (IllegalArgumentException e) {
      refuse(request, "", e.getMessage());
    }
  }

  private static String text(Buffer body) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body.getBytes())).toString();
  }

  private static void refuse(RoutingContext request, String path, String problem) {
    String where = path.isEmpty() ? "the body" : "the body at " + path;
    JsonObject detail = new JsonObject().put("path", path).put("problem", problem);
    request.fail(
        new ApiError(400, "BAD_REQUEST", where + " cannot be read: " + problem)
            .with("details", new JsonArray().add(detail)));
  }
}
