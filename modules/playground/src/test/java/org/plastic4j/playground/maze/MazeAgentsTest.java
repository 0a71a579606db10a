package org.plastic4j.playground.maze;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.plastic4j.playground.network.TrainedNetwork;

@Tag("slow")
class MazeAgentsTest {
    private static MazeAgents agents;

    @BeforeAll
    static void build() {
        Map<String, TrainedNetwork> kinds = new LinkedHashMap<>();
        for (String kind : List.of("maze-non-plastic", "maze-plastic", "maze-modulated")) {
            kinds.put(kind, TrainedNetwork.require(kind));
        }
        agents = new MazeAgents(kinds);
    }

    private static double found(int agent) {
        double found = 0;
        for (long seed = 0; seed < 100; seed++) {
            MazeAgents.Walk walk = agents.run(seed, List.of()).get(agent);
            found += walk.found().get(agents.steps()) / 100.0;
        }
        return found;
    }

    @Test
    void plasticAgentsFindTheRewardMoreOftenThanTheOneWithoutPlasticity() {
        double fixed = found(0);
        assertThat(found(1)).isGreaterThan(1.15 * fixed);
        assertThat(found(2)).isGreaterThan(1.15 * fixed);
    }

    @Test
    void agentsAreInTheSameMazeAndEverySeedIsRepeatable() {
        List<MazeAgents.Walk> walks = agents.run(5, List.of());
        assertThat(walks).hasSize(3);
        for (MazeAgents.Walk walk : walks) {
            assertThat(walk.path()).hasSize(2 * agents.steps() + 2);
            assertThat(walk.path().subList(0, 2)).isEqualTo(walks.get(0).path().subList(0, 2));
            assertThat(walk.rewards().subList(0, 2))
                    .isEqualTo(walks.get(0).rewards().subList(0, 2));
        }
        assertThat(agents.run(5, List.of())).isEqualTo(walks);
    }

    @Test
    void movedRewardIsElsewhereFromThatStepOnAndNothingBeforeItChanges() {
        MazeAgents.Walk before = agents.run(5, List.of()).get(1);
        MazeAgents.Walk after =
                agents.run(5, List.of(new MazeAgents.Move(30, 1, 1))).get(1);
        assertThat(after.path().subList(0, 60)).isEqualTo(before.path().subList(0, 60));
        assertThat(after.rewards().subList(0, 60)).isEqualTo(before.rewards().subList(0, 60));
        assertThat(after.rewards().subList(60, 62)).containsExactly(1, 1);
        assertThat(after.rewards().subList(2 * agents.steps(), 2 * agents.steps() + 2))
                .containsExactly(1, 1);
    }

    @Test
    void wallsAreWhereNoRewardCanBe() {
        assertThat(agents.walls()).hasSize(agents.size() * agents.size()).startsWith("#########");
        assertThat(agents.isFree(1, 1)).isTrue();
        assertThat(agents.isFree(2, 2)).isFalse();
        assertThat(agents.isFree(-1, 3)).isFalse();
        assertThat(agents.isFree(3, agents.size())).isFalse();
    }
}
