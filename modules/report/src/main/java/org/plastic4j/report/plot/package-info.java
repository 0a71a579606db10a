/** Curves as pictures, of one run or of several. */
package org.plastic4j.report.plot;
