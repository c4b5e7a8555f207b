package io.github.dl4jprune.onnx;

/** A rule cannot express what it was given; becomes a reason of {@link UnsupportedNetworkException}. */
final class NotExportable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotExportable(String reason) {
        super(reason, null, false, false);
    }

    static String why(Throwable e) {
        return String.valueOf(e.getMessage());
    }
}
