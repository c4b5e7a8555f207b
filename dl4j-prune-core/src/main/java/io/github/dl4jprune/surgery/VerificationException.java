package io.github.dl4jprune.surgery;

/** The shrunk network is not the masked one: a bug in a rule, or a network that overflows. No network is returned. */
public final class VerificationException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Says by how much they differ. */
    public VerificationException(Verification verification) {
        super("masked and shrunk network must agree within " + verification.tolerance() + ", got a difference of "
                + verification.maxAbsoluteDifference() + " over " + verification.examples() + " examples");
    }
}
