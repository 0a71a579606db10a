/** What is measured: cases, their inputs, and what a implementation has to offer. */
package org.plastic4j.benchmarks.cases;
