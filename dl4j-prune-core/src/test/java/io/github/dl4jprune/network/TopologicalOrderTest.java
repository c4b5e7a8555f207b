package io.github.dl4jprune.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.junit.jupiter.api.Test;

class TopologicalOrderTest {
    @Test
    void a_vertex_comes_after_the_longest_way_to_it_and_else_as_configured() {
        ComputationGraphConfiguration configuration = configuration();

        assertThat(TopologicalOrder.of(configuration)).containsExactly("late", "first", "second", "sum", "out");
    }

    @Test
    void a_vertex_may_read_the_same_one_twice() {
        ComputationGraphConfiguration configuration = configuration();

        configuration.getVertexInputs().put("sum", List.of("first", "first"));

        assertThat(TopologicalOrder.of(configuration)).containsExactly("late", "first", "sum", "second", "out");
    }

    @Test
    void a_cycle_is_refused_with_all_that_wait_for_it() {
        ComputationGraphConfiguration configuration = configuration();

        configuration.getVertexInputs().put("second", List.of("sum"));

        assertThatThrownBy(() -> TopologicalOrder.of(configuration))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("vertices must form a graph without cycles, got a cycle among [sum, second, out]");
    }

    /** in - first - second - sum - out, and in - late - sum. */
    private static ComputationGraphConfiguration configuration() {
        return new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "second", "late")
                .addVertex("late", new ScaleVertex(2), "in")
                .addVertex("first", new ScaleVertex(2), "in")
                .addVertex("second", new ScaleVertex(2), "first")
                .addLayer("out", new LossLayer.Builder().build(), "sum")
                .setOutputs("out")
                .build();
    }
}
