/** What the playground serves. */
package org.plastic4j.playground.page;
