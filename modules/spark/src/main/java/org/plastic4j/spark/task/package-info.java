/**
 * What executors run. They have Spark's libraries and this package's classes, nothing else: a run's own classes are for its
 * child JVM.
 */
package org.plastic4j.spark.task;
