package io.busbar.oscp;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the cases of the conformance checklist that a test shows to hold. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Checklist {

  /** Ids of {@code checklist.txt}, such as {@code T-01}. */
  String[] value();
}
