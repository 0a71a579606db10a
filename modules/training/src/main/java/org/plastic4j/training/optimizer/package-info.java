/** Adam, with a learning rate that falls in steps. */
package org.plastic4j.training.optimizer;
