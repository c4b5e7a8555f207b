package io.github.dl4jprune.selection;

import io.github.dl4jprune.channel.ChannelGroup;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One score for every removable class of channels: the mean over its producers of the criterion's score divided by that
 * producer's mean score. 1.0 is a channel of average worth; dividing gives every producer an equal voice.
 *
 * @param byClass score of each class, finite and {@code >= 0}
 */
public record ChannelScores(Map<Integer, Double> byClass) {
    /** Copies the map. */
    public ChannelScores {
        // not Map.copyOf: its table has no buckets, and runs of neighbouring numbers make it slow
        byClass = Collections.unmodifiableMap(new HashMap<>(byClass));
    }

    /** The score of a class. */
    public double of(int classNumber) {
        Double score = byClass.get(classNumber);
        if (score == null) {
            throw new IllegalArgumentException("class " + classNumber + " must have a score");
        }
        return score;
    }

    /** A group's classes, lowest score first; equal scores in the order of their channels. */
    public List<Integer> ranked(ChannelGroup group) {
        return group.classes().stream()
                .sorted(Comparator.<Integer>comparingDouble(this::of).thenComparingInt(c -> c))
                .toList();
    }
}
