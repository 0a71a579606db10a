/** What the layers of this library are called in a SameDiff graph, and its gradient function. */
package org.plastic4j.core.graph;
