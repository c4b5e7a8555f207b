package io.github.dl4jprune.datasets;

import java.util.Locale;

/** Random changes to training images that keep their label. */
public enum Augmentation {
    /** Images as they are. */
    NONE,
    /**
     * The standard augmentation of CIFAR-10 (He et al., Deep Residual Learning for Image Recognition, 2016, section
     * 4.2): 4 pixels of padding on each side, a random crop of the original size, and a horizontal flip with
     * probability 1/2. Pixels are still raw here, so the padding is the mean of each channel over the set: what a
     * standardising normaliser turns into zero.
     */
    CROP_FLIP;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
