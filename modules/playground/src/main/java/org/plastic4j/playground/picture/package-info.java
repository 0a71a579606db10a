/** Pictures that a network memorises and completes. */
package org.plastic4j.playground.picture;
