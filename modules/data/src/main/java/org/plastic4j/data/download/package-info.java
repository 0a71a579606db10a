/** Bringing published data sets onto the disk: resumed, checked, and whole or not at all. */
package org.plastic4j.data.download;
