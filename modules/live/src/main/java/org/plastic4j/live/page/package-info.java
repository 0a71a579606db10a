/** The page of all runs in a folder. */
package org.plastic4j.live.page;
