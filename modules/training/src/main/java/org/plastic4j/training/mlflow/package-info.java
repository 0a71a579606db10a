/**
 * A run's metrics on an MLflow tracking server, over its REST API. MLflow's own Java client is not used: its one jar of
 * 8 MB has old copies of other libraries in it (protobuf-java 3.19.6, commons-io 2.5, ini4j) with known vulnerabilities,
 * which no build can replace, and all that is needed of it are six requests.
 */
package org.plastic4j.training.mlflow;
