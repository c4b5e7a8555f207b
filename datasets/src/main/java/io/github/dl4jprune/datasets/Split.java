package io.github.dl4jprune.datasets;

import io.github.dl4jprune.text.NearestName;
import java.util.List;
import java.util.Locale;

/** The parts of a data set. Everything is chosen on {@link #VALIDATION}; {@link #TEST} is touched once, at the end. */
public enum Split {
    /** The first nine tenths of the training records, in file order. */
    TRAIN,
    /** The last tenth of the training records: from record floor(0.9 N) on. */
    VALIDATION,
    /** The test files. */
    TEST;

    /**
     * Finds a split by its name.
     *
     * @param name {@code train}, {@code validation} or {@code test}
     * @return the split
     * @throws DataSourceException if there is no such split
     */
    public static Split parse(String name) {
        for (Split split : values()) {
            if (split.toString().equals(name)) {
                return split;
            }
        }
        throw new DataSourceException("split \"%s\": must be one of train, validation, test%s"
                .formatted(
                        name,
                        NearestName.of(name, List.of("train", "validation", "test"))
                                .map(nearest -> "; did you mean \"" + nearest + "\"?")
                                .orElse("")));
    }

    /** Which of {@code records} records in file order belong to this split; TEST takes all of the test files' records. */
    Range of(long records) {
        // 0.9 * records in doubles would round; this floor is exact
        long boundary = records * 9 / 10;
        return switch (this) {
            case TRAIN -> new Range(0, boundary);
            case VALIDATION -> new Range(boundary, records);
            case TEST -> new Range(0, records);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Records {@code from} to {@code to - 1} in file order. */
    record Range(long from, long to) {
        long length() {
            return to - from;
        }

        /** The part of this range inside a file that holds records {@code start} to {@code start + length - 1}. */
        Range within(long start, long length) {
            long low = Math.min(Math.max(from - start, 0), length);
            return new Range(low, Math.max(Math.min(to - start, length), low));
        }
    }
}
