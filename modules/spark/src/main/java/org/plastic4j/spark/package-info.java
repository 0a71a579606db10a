/** The driver: claims the folder of runs, hands the runs to Spark, and follows them. */
package org.plastic4j.spark;
