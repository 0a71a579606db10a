/** The commands of all experiments: options, launching, several runs at a time, exit codes. */
package org.plastic4j.cli;
