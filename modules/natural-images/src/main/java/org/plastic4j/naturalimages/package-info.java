/** Memorise pictures while alive, and complete one of which a half is missing: the second experiment of the paper. */
package org.plastic4j.naturalimages;
