/** A server for pages on the computer that it runs on, and for nobody else. */
package org.plastic4j.live.http;
