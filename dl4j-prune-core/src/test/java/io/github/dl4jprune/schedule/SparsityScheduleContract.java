package io.github.dl4jprune.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.serde.json.JsonMappers;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** What every sparsity schedule must do; extend it and supply the schedule. */
abstract class SparsityScheduleContract {
    private static final double BOUND = 0.6;
    private static final int START = 4;
    private static final int END = 25;

    /** A schedule of this type, as its constructor makes it. */
    abstract SparsitySchedule schedule(double bound, Steps steps);

    private SparsitySchedule everyFiveIterations() {
        return schedule(BOUND, new Steps(ScheduleType.ITERATION, START, END, 5));
    }

    @Test
    void the_sparsity_never_falls_and_stays_within_its_bound() {
        double last = 0;

        for (int iteration = 0; iteration < 60; iteration++) {
            double sparsity = everyFiveIterations().valueAt(iteration, 0);
            assertThat(sparsity).isBetween(last, BOUND);
            last = sparsity;
        }
    }

    @Test
    void the_bound_holds_exactly_from_the_end_on() {
        assertThat(everyFiveIterations().valueAt(END, 0)).isEqualTo(BOUND);
        assertThat(everyFiveIterations().valueAt(Integer.MAX_VALUE, 0)).isEqualTo(BOUND);
        assertThat(everyFiveIterations().valueAt(END - 1, 0)).isLessThan(BOUND);
    }

    @Test
    void nothing_is_pruned_before_the_start() {
        assertThat(everyFiveIterations().valueAt(0, 0)).isZero();
        assertThat(everyFiveIterations().valueAt(START - 1, 0)).isZero();
    }

    @Test
    void the_sparsity_changes_at_steps_only() {
        SparsitySchedule schedule = everyFiveIterations();

        for (int iteration = 1; iteration < 60; iteration++) {
            if (!schedule.steps().contains(iteration, 0)) {
                assertThat(schedule.valueAt(iteration, 0)).isEqualTo(schedule.valueAt(iteration - 1, 0));
            }
        }
    }

    @Test
    void only_its_own_unit_moves_it() {
        SparsitySchedule epochs = schedule(BOUND, new Steps(ScheduleType.EPOCH, START, END, 5));

        for (int i = 0; i < 40; i++) {
            assertThat(epochs.valueAt(1000 - i, i))
                    .isEqualTo(everyFiveIterations().valueAt(i, 1000 - i));
        }
    }

    @Test
    void a_bound_of_zero_prunes_nothing() {
        SparsitySchedule schedule = schedule(0, new Steps(ScheduleType.ITERATION, 0, 10, 1));

        for (int iteration = 0; iteration < 12; iteration++) {
            assertThat(schedule.valueAt(iteration, 0)).isZero();
        }
    }

    @Test
    void a_start_that_is_the_end_is_one_step() {
        SparsitySchedule schedule = schedule(BOUND, new Steps(ScheduleType.ITERATION, 3, 3, 1));

        assertThat(schedule.valueAt(2, 0)).isZero();
        assertThat(schedule.valueAt(3, 0)).isEqualTo(BOUND);
    }

    @Test
    void json_and_yaml_bring_it_back() throws IOException {
        for (ObjectMapper mapper : new ObjectMapper[] {JsonMappers.getMapper(), JsonMappers.getYamlMapper()}) {
            String text = mapper.writeValueAsString(everyFiveIterations());

            assertThat(mapper.readValue(text, ISchedule.class)).isEqualTo(everyFiveIterations());
        }
    }

    @Test
    void java_serialization_brings_it_back() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(everyFiveIterations());
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(everyFiveIterations());
        }
    }

    @Test
    void a_clone_is_equal() {
        assertThat(everyFiveIterations().clone()).isEqualTo(everyFiveIterations());
    }
}
