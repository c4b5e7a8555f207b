package io.github.dl4jprune.storage;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Parts that were read from another container. */
record EntriesInMemory(Map<String, byte[]> contents) implements EntrySource {
    @Override
    public List<String> names() {
        return List.copyOf(contents.keySet());
    }

    @Override
    public boolean has(String name) {
        return contents.containsKey(name);
    }

    @Override
    public byte[] content(String name) {
        return Objects.requireNonNull(contents.get(name), name);
    }
}
