/** What is measured: cases, their inputs, and what a side has to offer. */
package org.plastic4j.benchmarks.subject;
