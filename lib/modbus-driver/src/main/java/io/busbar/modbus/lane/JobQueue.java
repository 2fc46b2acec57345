package io.busbar.modbus.lane;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.function.ToLongFunction;

/** The jobs of one lane. Few at a time, so it is looked through as a whole. Not thread-safe. */
final class JobQueue {

  private final List<Job<?>> jobs = new ArrayList<>();

  void add(Job<?> job) {
    jobs.add(job);
  }

  /** Takes out what waited too long. */
  List<Job<?>> takeExpired(long now) {
    List<Job<?>> expired = new ArrayList<>();
    for (Iterator<Job<?>> all = jobs.iterator(); all.hasNext(); ) {
      Job<?> job = all.next();
      if (job.isExpired(now)) {
        all.remove();
        expired.add(job);
      }
    }
    return expired;
  }

  /** Takes out everything. */
  List<Job<?>> takeAll() {
    List<Job<?>> all = List.copyOf(jobs);
    jobs.clear();
    return all;
  }

  /**
   * Takes out the most urgent job that may run now.
   *
   * @param above only jobs of a higher priority than this; null for any
   * @param reachable whether a unit may be asked now
   */
  Optional<Job<?>> take(long now, Priority above, LongPredicate reachable) {
    Job<?> best = null;
    for (Job<?> job : jobs) {
      boolean urgent = above == null || job.priority().compareTo(above) < 0;
      if (urgent
          && job.isDue(now)
          && reachable.test(job.unit())
          && (best == null || Job.MORE_URGENT.compare(job, best) < 0)) {
        best = job;
      }
    }
    jobs.remove(best);
    return Optional.ofNullable(best);
  }

  /**
   * Nanoseconds until something happens by itself: a job gets due, reachable or too old.
   *
   * @param reachableAt when the unit of a job may be asked
   */
  long idleNanos(long now, ToLongFunction<Job<?>> reachableAt) {
    long idle = Long.MAX_VALUE;
    for (Job<?> job : jobs) {
      long runs = Math.max(job.dueAt() - now, reachableAt.applyAsLong(job) - now);
      idle = Math.min(idle, Math.min(runs, job.expiresAt() - now));
    }
    return Math.max(0, idle);
  }
}
