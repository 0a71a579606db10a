/** {@code scripts/benchmark}. */
package org.plastic4j.benchmarks.cli;
