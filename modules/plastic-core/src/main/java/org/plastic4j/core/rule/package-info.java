/** How a connection's Hebbian trace follows the activity on its two sides while the network lives. */
package org.plastic4j.core.rule;
