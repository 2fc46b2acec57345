package io.busbar.oscp;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** HTTP to partners: a small pool for each of them, bounded in time and size. */
final class HttpWire implements Wire {

  private static final int CONNECT_MILLIS = 10_000;
  private static final int ANSWER_MILLIS = 20_000;
  private static final int PER_PARTNER = 4;
  private static final int MOST_BYTES = 1 << 20;

  private final HttpClient client;

  HttpWire(Vertx vertx) {
    HttpClientOptions options = new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS);
    this.client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(PER_PARTNER));
  }

  @Override
  public Future<Answer> send(Call call) {
    try {
      RequestOptions options =
          new RequestOptions()
              .setAbsoluteURI(call.url())
              .setMethod(HttpMethod.valueOf(call.method()))
              .setFollowRedirects(false)
              .setTimeout(ANSWER_MILLIS);
      call.headers().forEach(options::putHeader);
      return client.request(options).compose(request -> send(request, call.body()));
    } catch (RuntimeException e) {
      // what it says may hold a token
      return Future.failedFuture("the URL or a header cannot be sent");
    }
  }

  private static Future<Answer> send(HttpClientRequest request, String body) {
    Future<HttpClientResponse> response =
        body.isEmpty() ? request.send() : request.send(Buffer.buffer(body));
    return response.compose(HttpWire::read);
  }

  private static Future<Answer> read(HttpClientResponse response) {
    Map<String, String> headers = new HashMap<>();
    response.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    Buffer body = Buffer.buffer();
    response.handler(
        part -> {
          if (body.length() + part.length() <= MOST_BYTES) {
            body.appendBuffer(part);
          } else {
            response.request().connection().close();
          }
        });
    return response.end().map(end -> new Answer(response.statusCode(), headers, body.toString()));
  }
}
