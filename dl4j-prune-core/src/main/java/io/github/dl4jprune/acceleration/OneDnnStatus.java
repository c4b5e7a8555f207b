package io.github.dl4jprune.acceleration;

/**
 * Whether networks built from now on use the helpers of {@link OneDnn}, and why.
 *
 * @param state the answer
 * @param reason one sentence for the user: the library in use, or what stands in the way and what would help
 */
public record OneDnnStatus(State state, String reason) {
    /** What {@link OneDnn} found. */
    public enum State {
        /** Networks built from now on use the helpers. */
        ENABLED,
        /** Nobody called {@link OneDnn#enable()}, or {@link OneDnn#disable()} was called after it. */
        NOT_ENABLED,
        /** The user set DL4J's own system property to {@code true}. */
        REFUSED_BY_PROPERTY,
        /** The ND4J backend is not the CPU; oneDNN is a library for CPUs. */
        OTHER_BACKEND,
        /** The native library that ND4J loaded was built without oneDNN. */
        LIBRARY_WITHOUT_ONEDNN
    }

    /** True in state {@link State#ENABLED} only. */
    public boolean enabled() {
        return state == State.ENABLED;
    }
}
