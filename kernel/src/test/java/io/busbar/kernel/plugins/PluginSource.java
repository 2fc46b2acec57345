package io.busbar.kernel.plugins;

import io.busbar.api.Request;
import io.busbar.api.kernel.MetricsQuery;
import io.busbar.api.kernel.MetricsText;
import io.busbar.testkit.TestJar;

/** Plugin jars for tests, differing in what their verticle does when it starts. */
public final class PluginSource {

  /** What {@link #answering} plugins answer. */
  public static final Request<MetricsQuery, MetricsText> ECHO =
      Request.of("test.echo.v1", MetricsQuery.class, MetricsText.class);

  /** {@link #ECHO} as source text. */
  public static final String ECHO_SOURCE =
      "Request.of(\"test.echo.v1\", MetricsQuery.class, MetricsText.class)";

  private PluginSource() {}

  /** A plugin that answers {@link #ECHO} with a text. */
  public static TestJar answering(String id, String text) {
    return jar(
        id,
        ECHO_SOURCE,
        "",
        "plugin.bus().answer(%s, q -> new MetricsText(\"%s\"));".formatted(ECHO_SOURCE, text));
  }

  /** A plugin that provides nothing, requires nothing and does this at its start. */
  public static TestJar starting(String id, String start) {
    return jar(id, "", "", start);
  }

  /** A complete plugin jar from pieces of Java. */
  public static TestJar jar(String id, String provides, String requires, String start) {
    return TestJar.plugin(id)
        .source("test.Entry", entry(provides, requires, start))
        .extension("test.Entry");
  }

  /** The entry point as source text. */
  public static String entry(String provides, String requires, String start) {
    return """
    package test;
    import io.busbar.api.*;
    import io.busbar.api.kernel.*;
    import io.vertx.core.*;
    import java.time.*;
    import java.util.*;
    public class Entry implements BusbarPlugin {
      public Set<Address> provides() { return Set.of(%s); }
      public Set<Address> requires() { return Set.of(%s); }
      public List<Verticle> verticles(PluginContext plugin) {
        return List.of(new AbstractVerticle() {
          @Override public void start() throws Exception { %s }
        });
      }
    }
    """
        .formatted(provides, requires, start);
  }
}
