/** What the layers of this library are called in a SameDiff graph, its gradient function, and the memory of its sessions. */
package org.plastic4j.core.graph;
