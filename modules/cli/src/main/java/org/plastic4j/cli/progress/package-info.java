/** What a terminal shows of a run that goes on. */
package org.plastic4j.cli.progress;
