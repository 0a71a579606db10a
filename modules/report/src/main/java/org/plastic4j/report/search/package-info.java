/** A search over one setting, the same for several configurations, and the page about its outcome. */
package org.plastic4j.report.search;
