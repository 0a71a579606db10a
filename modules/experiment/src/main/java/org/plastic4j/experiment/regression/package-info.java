/** What catches a changed gradient that a learning curve would not show. */
package org.plastic4j.experiment.regression;
