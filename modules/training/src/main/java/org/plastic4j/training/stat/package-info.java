/** Intervals, quartiles and rank-sum tests. */
package org.plastic4j.training.stat;
