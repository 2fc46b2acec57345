package io.busbar.web;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A token bucket per principal: a minute's worth at once, refilled evenly. */
final class RateLimit {

  private final double perSecond;
  private final double most;
  private final Map<String, Bucket> buckets = new HashMap<>();

  private static final class Bucket {
    private double left;
    private Instant at;
  }

  RateLimit(int perMinute) {
    this.perSecond = perMinute / 60.0;
    this.most = perMinute;
  }

  /** Takes one request; 0 when there was one left, else the seconds until there is. */
  synchronized long take(String principal, Instant now) {
    Bucket bucket = buckets.computeIfAbsent(principal, name -> full(now));
    double seconds = Duration.between(bucket.at, now).toMillis() / 1000.0;
    bucket.left = Math.min(most, bucket.left + seconds * perSecond);
    bucket.at = now;
    if (bucket.left >= 1) {
      bucket.left--;
      return 0;
    }
    return (long) Math.max(1, Math.ceil((1 - bucket.left) / perSecond));
  }

  private Bucket full(Instant now) {
    Bucket bucket = new Bucket();
    bucket.left = most;
    bucket.at = now;
    return bucket;
  }
}
