package io.busbar.oscp;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which base URLs of a partner are called: nothing that a stranger could use to reach inside. */
final class BaseUrls {

  private static final Pattern PRIVATE =
      Pattern.compile(
          "localhost|.*\\.localhost|.*\\.local|.*\\.internal|0\\..*|10\\..*|127\\..*|169\\.254\\..*"
              + "|192\\.168\\..*|172\\.(1[6-9]|2\\d|3[01])\\..*"
              + "|100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\..*|\\[.*]|\\d+|0x.*");

  private BaseUrls() {}

  /**
   * The URL without a slash at its end.
   *
   * @param allowedHosts private hosts that may be called all the same, as {@code host} or {@code
   *     host:port}
   * @throws Refusal saying what is wrong with it
   */
  static String checked(String given, boolean requireHttps, Set<String> allowedHosts) {
    URI uri = parse(given);
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && (requireHttps || !scheme.equals("http"))) {
      throw Refusal.badRequest(
          "base_url: expected an absolute URL with " + (requireHttps ? "https" : "http or https"));
    }
    if (uri.getHost() == null || uri.getRawUserInfo() != null) {
      throw Refusal.badRequest("base_url: expected a host and no credentials in it");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw Refusal.badRequest("base_url: expected neither query nor fragment");
    }
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    boolean allowed =
        allowedHosts.contains(host) || allowedHosts.contains(host + ":" + uri.getPort());
    if (!allowed && PRIVATE.matcher(host).matches()) {
      throw Refusal.badRequest("base_url: a private address that is not on the list of this side");
    }
    return given.endsWith("/") ? given.substring(0, given.length() - 1) : given;
  }

  private static URI parse(String given) {
    try {
      return new URI(given);
    } catch (URISyntaxException e) {
      throw Refusal.badRequest("base_url: expected an absolute URL");
    }
  }
}
