package io.github.dl4jprune.channel;

import java.util.Arrays;

/** Disjoint sets of growing size, by path halving and union towards the smaller number. */
final class UnionFind {
    private int[] parent = new int[1024];
    private int size;

    /** Adds {@code count} new singletons and returns the number of the first. */
    int grow(int count) {
        int first = size;
        size += count;
        if (size > parent.length) {
            parent = Arrays.copyOf(parent, Math.max(size, 2 * parent.length));
        }
        for (int i = first; i < size; i++) {
            parent[i] = i;
        }
        return first;
    }

    int size() {
        return size;
    }

    int find(int element) {
        int e = element;
        while (parent[e] != e) {
            parent[e] = parent[parent[e]];
            e = parent[e];
        }
        return e;
    }

    void unite(int a, int b) {
        int rootA = find(a);
        int rootB = find(b);
        if (rootA < rootB) {
            parent[rootB] = rootA;
        } else {
            parent[rootA] = rootB;
        }
    }
}
