/** Where an experiment's data are: in a folder of the user's, or made by the program. */
package org.plastic4j.training.dataset;
