/** The page that a run leaves behind: one file that needs no network, with curves, pictures and everything to run it again. */
package org.plastic4j.report.page;
