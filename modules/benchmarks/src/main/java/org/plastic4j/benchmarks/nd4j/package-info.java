/** This project's side of the comparison. */
package org.plastic4j.benchmarks.nd4j;
