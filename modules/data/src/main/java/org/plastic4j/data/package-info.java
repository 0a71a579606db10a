/** Seeded streams of lifetimes as ND4J iterators. Nothing here knows of networks. */
package org.plastic4j.data;
