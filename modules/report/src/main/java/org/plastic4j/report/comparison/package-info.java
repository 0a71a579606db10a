/** Several runs on one plot and in one table. */
package org.plastic4j.report.comparison;
