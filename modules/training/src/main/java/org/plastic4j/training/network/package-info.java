/** The settings of plastic layers that every experiment shares. */
package org.plastic4j.training.network;
