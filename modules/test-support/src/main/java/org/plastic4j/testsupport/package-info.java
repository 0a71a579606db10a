/** What the tests of all modules share. */
package org.plastic4j.testsupport;
