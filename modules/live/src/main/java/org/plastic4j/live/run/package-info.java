/** Runs in folders, followed while they are written. */
package org.plastic4j.live.run;
