package org.plastic4j.training;

import org.plastic4j.testsupport.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {
    ArchitectureTest() {
        super(
                "org.plastic4j.training",
                new Layer("common", "org.plastic4j.training"),
                new Layer("values", "org.plastic4j.training.stat", "org.plastic4j.training.figure"),
                new Layer("configuration", "org.plastic4j.training.config"),
                new Layer("run directory", "org.plastic4j.training.run"),
                new Layer("records", "org.plastic4j.training.metric", "org.plastic4j.training.checkpoint"),
                new Layer("optimizer", "org.plastic4j.training.optimizer"),
                new Layer("trainer", "org.plastic4j.training.trainer"),
                new Layer(
                        "settings",
                        "org.plastic4j.training.network",
                        "org.plastic4j.training.dataset",
                        "org.plastic4j.training.mlflow",
                        "org.plastic4j.training.tensorboard"),
                new Layer("networks", "org.plastic4j.training.completion", "org.plastic4j.training.classification"));
    }
}
