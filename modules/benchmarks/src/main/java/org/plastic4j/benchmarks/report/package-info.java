/** The results, as JSON and as a page. */
package org.plastic4j.benchmarks.report;
