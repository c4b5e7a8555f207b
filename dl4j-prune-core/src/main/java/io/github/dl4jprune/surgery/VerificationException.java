package io.github.dl4jprune.surgery;

/** Two networks that must be the same function are not: a bug in a rule, or a network that overflows. */
public final class VerificationException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Says by how much the masked and the shrunk network differ. */
    public VerificationException(Verification verification) {
        this("masked and shrunk", verification);
    }

    /**
     * Says by how much two networks differ.
     *
     * @param networks which two, such as {@code masked and shrunk}
     */
    public VerificationException(String networks, Verification verification) {
        super(networks + " network must agree within " + verification.tolerance() + ", got a difference of "
                + verification.maxAbsoluteDifference() + " over " + verification.examples() + " examples");
    }
}
