/** How a connection's Hebbian trace follows the activity on its two sides during a lifetime. */
package org.plastic4j.core.rule;
