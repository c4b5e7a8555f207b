package io.github.dl4jprune.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The vectors that a search may try, with entries in {@code 1..most}, and the draws of one search. */
final class VectorSpace {
    final int length;
    final int most;
    final SplittableRandom random;
    private final Predicate<List<Integer>> allowed;

    VectorSpace(int length, int most, Predicate<List<Integer>> allowed, long seed) {
        this.length = length;
        this.most = most;
        this.allowed = allowed;
        this.random = new SplittableRandom(seed);
        if (!allowed.test(Collections.nCopies(length, 1))) {
            throw new IllegalArgumentException("the vector of ones must be allowed, for every other is larger");
        }
    }

    boolean allows(List<Integer> entries) {
        return allowed.test(entries);
    }

    /** A random vector, allowed or not. */
    List<Integer> anywhere() {
        List<Integer> entries = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            entries.add(1 + random.nextInt(most));
        }
        return entries;
    }

    /** The vector, if allowed; otherwise one that has lost steps in random entries. */
    List<Integer> lowered(List<Integer> entries) {
        List<Integer> result = new ArrayList<>(entries);
        while (!allowed.test(Collections.unmodifiableList(result))) {
            List<Integer> open = IntStream.range(0, length)
                    .filter(i -> result.get(i) > 1)
                    .boxed()
                    .toList();
            int at = open.get(random.nextInt(open.size()));
            result.set(at, result.get(at) - 1);
        }
        return List.copyOf(result);
    }
}
