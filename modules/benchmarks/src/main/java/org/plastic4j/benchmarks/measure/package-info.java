/** Agreement, time, memory and the machine's bandwidth. */
package org.plastic4j.benchmarks.measure;
