/** From the directories of a protocol's runs to its line in docs/results.md. */
package org.plastic4j.report.reproduction;
