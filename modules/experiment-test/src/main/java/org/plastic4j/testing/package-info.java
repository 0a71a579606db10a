/** What an experiment's own tests are made of: how it is launched, goes on, learns, and whom it may know. */
package org.plastic4j.testing;
