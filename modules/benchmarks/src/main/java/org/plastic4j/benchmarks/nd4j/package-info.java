/** This project's implementation of the comparison. */
package org.plastic4j.benchmarks.nd4j;
