package io.busbar.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files of the console and of the libraries it uses, all from this plugin's own jar. */
final class Assets {

  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "yaml", "application/yaml; charset=utf-8");

  private final Map<String, Optional<Buffer>> cache = new ConcurrentHashMap<>();
  private final String policy;

  Assets() {
    policy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
            + " script-src 'self' 'sha256-"
            + importMapHash()
            + "'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
  }

  void mount(Router router) {
    router.get("/").handler(request -> serve(request, "console/index.html"));
    router.get("/swagger-ui").handler(request -> serve(request, "console/swagger-ui.html"));
    router.get("/openapi.yaml").handler(request -> serve(request, "openapi.yaml"));
    router
        .get("/lib/swagger-ui/*")
        .handler(request -> library(request, "META-INF/resources/webjars"));
    router.get("/lib/*").handler(request -> library(request, "META-INF/resources/_static"));
    router
        .get("/console/*")
        .handler(request -> serve(request, request.normalizedPath().substring(1)));
  }

  /** Headers that every answer carries. */
  void harden(RoutingContext request) {
    request
        .response()
        .putHeader("Content-Security-Policy", policy)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cache-Control", "no-store");
    request.next();
  }

  private void library(RoutingContext request, String root) {
    request.response().putHeader("Cache-Control", "public, max-age=31536000, immutable");
    serve(request, root + request.normalizedPath().substring("/lib".length()));
  }

  private void serve(RoutingContext request, String resource) {
    Optional<Buffer> content = cache.computeIfAbsent(resource, Assets::read);
    String type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
    if (content.isEmpty() || type == null || resource.contains("..")) {
      request.fail(404, ApiError.notFound("no page " + request.normalizedPath()));
    } else {
      request.response().putHeader("Content-Type", type).end(content.get());
    }
  }

  private static Optional<Buffer> read(String resource) {
    try (InputStream in = Assets.class.getClassLoader().getResourceAsStream(resource)) {
      return in == null ? Optional.empty() : Optional.of(Buffer.buffer(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String importMapHash() {
    String page = read("console/index.html").map(Buffer::toString).orElse("");
    Matcher map = IMPORT_MAP.matcher(page);
    try {
      byte[] text =
          (map.find() ? map.group(1) : "").getBytes(java.nio.charset.StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
